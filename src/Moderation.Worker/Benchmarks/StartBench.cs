using System.Diagnostics;
using Moderation.Annotation;
using Moderation.Worker.Health;

namespace Moderation.Worker.Benchmarks;

/// <summary>From the start of the process to ready, by the clock and in processor time, and what of it is the model's; the best of several starts counts.</summary>
internal static class StartBench
{
    private const string Group = "start";
    private const int Starts = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync(string model, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(model, cancellation);
        double read = double.MaxValue, ready = double.MaxValue, used = double.MaxValue;
        for (var i = 0; i < Starts; i++)
        {
            var before = ThreadTime.Now;
            Annotator.Load(bytes, model);
            read = Math.Min(read, (ThreadTime.Now - before).TotalMilliseconds);
            var start = await OneStartAsync(model, cancellation);
            (ready, used) = (Math.Min(ready, start.Ready), Math.Min(used, start.Used));
        }

        return
        [
            new Figure(Group, "milliseconds to read the model and its word lists, once the program is warm", read, 200, AtLeast: false),
            new Figure(Group, "seconds from process start to ready", ready, 1.0, AtLeast: false),
            new Figure(Group, "seconds of processor time until ready", used),
        ];
    }

    /// <summary>Starts the worker on an empty file queue, waits for its word that it is ready, and ends it.</summary>
    private static async Task<(double Ready, double Used)> OneStartAsync(string model, CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("moderation-bench-");
        var health = Path.Combine(root.FullName, "health.json");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["run", "--transport", "file", "--root", root.FullName, "--model", Path.GetFullPath(model), "--set", $"Health:File={health}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = root.FullName,
        };
        var began = TimeProvider.System.GetTimestamp();
        using var worker = Process.Start(start)!;
        // Read, so that the worker never waits for room in the pipe.
        worker.ErrorDataReceived += static (_, _) => { };
        worker.OutputDataReceived += static (_, _) => { };
        worker.BeginErrorReadLine();
        worker.BeginOutputReadLine();
        try
        {
            while (HealthFile.Read(health) is not { Level: HealthLevel.Ready } && !worker.HasExited)
                await Task.Delay(5, cancellation);
            return (TimeProvider.System.GetElapsedTime(began).TotalSeconds, worker.TotalProcessorTime.TotalSeconds);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync(CancellationToken.None);
            root.Delete(recursive: true);
        }
    }
}
