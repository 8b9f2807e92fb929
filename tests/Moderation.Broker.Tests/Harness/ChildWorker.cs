using System.Diagnostics;
using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests.Harness;

/// <summary>A worker as a process of its own, to be signalled and killed.</summary>
internal sealed class ChildWorker : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();

    private ChildWorker(Process process, bool errorsClosed)
    {
        this.process = process;
        if (errorsClosed)
        {
            return;
        }

        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
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

    /// <param name="closeErrors">Whether the reader of its standard error goes away at the first line, as <c>head -1</c> does.</param>
    public static ChildWorker Start(Dictionary<string, string?> settings, bool closeErrors = false)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(MarkedAnnotator).Assembly.Location, .. settings.Select(setting => $"{setting.Key}={setting.Value}")]) { RedirectStandardError = true };
        // A small heap and no background recompilation: several of these run beside the broker on few cores.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        if (closeErrors)
        {
            process.StandardError.ReadLine();
            process.StandardError.Close();
        }

        return new ChildWorker(process, closeErrors);
    }

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
}
