using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Hosting;

/// <summary>How the run ended; the process exits with it.</summary>
public sealed class ExitStatus
{
    public int Code { get; private set; }

    /// <summary>Sets the code. A host that stops over a crashed service would otherwise exit with 0.</summary>
    public void Fail(int code)
    {
        Code = code;
        Environment.ExitCode = code;
    }
}

/// <summary>Runs the transport for as long as the host lives, and makes its failure the process's.</summary>
internal sealed partial class WorkerService(IMessageTransport transport, IHostApplicationLifetime lifetime, ExitStatus exit, ILogger<WorkerService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await transport.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before it had begun.
        }
        catch (TransportException e)
        {
            LogFailed(e.Message);
            exit.Fail(ExitCodes.Failed);
        }
        catch (Exception e)
        {
            LogCrashed(e);
            exit.Fail(ExitCodes.Failed);
        }

        if (!stoppingToken.IsCancellationRequested)
        {
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(EventIds.WorkerFailed, LogLevel.Critical, "The worker cannot go on: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(EventIds.WorkerCrashed, LogLevel.Critical, "The worker stopped over an error of its own.")]
    private partial void LogCrashed(Exception exception);
}
