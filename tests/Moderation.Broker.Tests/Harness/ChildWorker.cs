using System.Diagnostics;
using System.Globalization;
using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests.Harness;

/// <summary>A worker as a process of its own, to be signalled and killed.</summary>
internal sealed class ChildWorker : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();

    private ChildWorker(Process process)
    {
        this.process = process;
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    /// <summary>Starts a worker with the marked engine.</summary>
    /// <param name="heapMegabytes">The most that its heap may hold, as a container's memory limit has it; 0 for no limit.</param>
    public static ChildWorker Start(Dictionary<string, string?> settings, int heapMegabytes = 0) => new ChildWorker(Launch(settings, heapMegabytes)).Listening();

    /// <summary>Starts a worker whose readers of standard output and error go away at its first line, as <c>2&gt;&amp;1 | head -1</c> has them do.</summary>
    public static ChildWorker StartUnheard(Dictionary<string, string?> settings)
    {
        var process = Launch(settings);
        process.StandardError.ReadLine();
        process.StandardError.Close();
        process.StandardOutput.Close();
        return new ChildWorker(process);
    }

    /// <summary>Starts the program itself, with the engine and model that it comes with.</summary>
    public static ChildWorker StartProgram(Dictionary<string, string?> settings, params string[] arguments) =>
        new ChildWorker(ModerationProgram.Launch(settings, arguments)).Listening();

    /// <summary>Waits until the process has said its first word: from then on it answers signals by itself.</summary>
    public Task UntilStartedAsync() => UntilAsync(() => Errors.Length > 0, "the worker has started");

    /// <summary>Waits until both of the worker's queues are consumed.</summary>
    public Task UntilConsumingAsync() => UntilAsync(() => Errors.Contains(".isolated is Ready", StringComparison.Ordinal) && Errors.Contains(".articles is Ready", StringComparison.Ordinal), "the worker consumes");

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop and gives how long it took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await Signal.SendAsync(process.Id, "TERM");
        await process.WaitForExitAsync();
        return TimeProvider.System.GetElapsedTime(started);
    }

    public Task WaitForExitAsync() => process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        try
        {
            await Wait.UntilAsync(() => condition() || HasExited, TimeSpan.FromSeconds(60), what);
            Assert.True(condition(), $"The worker ended with exit code {(HasExited ? ExitCode : 0)} before {what}.");
        }
        catch (Xunit.Sdk.XunitException e)
        {
            Assert.Fail($"{e.Message}\n{Errors}");
        }
    }

    private static Process Launch(Dictionary<string, string?> settings, int heapMegabytes = 0)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(MarkedAnnotator).Assembly.Location, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        // A small heap and no background recompilation: several of these run beside the broker on few cores.
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (heapMegabytes > 0)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = (heapMegabytes * 1024L * 1024).ToString("x", CultureInfo.InvariantCulture);
        }

        return Process.Start(start)!;
    }

    private ChildWorker Listening()
    {
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return this;
    }
}
