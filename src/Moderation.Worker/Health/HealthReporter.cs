using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;

namespace Moderation.Worker.Health;

/// <summary>Tells the world how the worker is: a file, an HTTP endpoint where one is wanted, and a log line at each change.</summary>
internal sealed partial class HealthReporter(HealthState health, IOptions<ModerationOptions> options, TimeProvider time, ILogger<HealthReporter> logger) : BackgroundService
{
    private readonly HealthOptions settings = options.Value.Health;
    private readonly Lock writing = new();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        health.Changed += OnChanged;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        health.Changed -= OnChanged;
        await base.StopAsync(cancellationToken);
        // Not at the end of ExecuteAsync: one that is stopped before it began never runs.
        if (settings.File.Length > 0)
        {
            OnFile(HealthFile.Remove);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WriteFileAsync(stoppingToken), settings.Port == 0 ? Task.CompletedTask : ServeAsync(stoppingToken));

    private void OnChanged(string part, HealthLevel level, string reason)
    {
        LogChanged(level, part, reason);
        if (settings.File.Length > 0)
        {
            TryWriteFile();
        }
    }

    private async Task WriteFileAsync(CancellationToken stopping)
    {
        if (settings.File.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(settings.Interval, time);
        do
        {
            TryWriteFile();
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private void TryWriteFile() =>
        OnFile(path => HealthFile.Write(path, new HealthRecord(health.Level, health.Reasons, Environment.ProcessId, time.GetUtcNow(), settings.Interval.TotalSeconds)));

    private void OnFile(Action<string> work)
    {
        try
        {
            // One at a time, or of two writers the one with the older news could be the last.
            lock (writing)
            {
                work(settings.File);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Losing a report must not stop the work; a full disk, say, is reported by whoever needs the disk.
            LogFileFailed(settings.File, e.Message);
        }
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://{settings.Host}:{settings.Port}/health/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException e)
        {
            LogEndpointFailed(settings.Host, settings.Port, e.Message);
            return;
        }

        using var stop = stopping.Register(listener.Stop);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was stopped, or a caller hung up before it was answered.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (status, body) = context.Request.Url?.AbsolutePath switch
        {
            "/health/live" => (HttpStatusCode.OK, "alive"),
            "/health/ready" => (health.Level == HealthLevel.NotReady ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, string.Join('\n', [health.Level.ToString(), .. health.Reasons])),
            _ => (HttpStatusCode.NotFound, "not found: try /health/live or /health/ready"),
        };
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Close(System.Text.Encoding.UTF8.GetBytes(body + "\n"), willBlock: false);
    }

    [LoggerMessage(EventIds.HealthChanged, LogLevel.Information, "Health: {Part} is {Level} {Reason}")]
    private partial void LogChanged(HealthLevel level, string part, string reason);

    [LoggerMessage(EventIds.HealthFileFailed, LogLevel.Debug, "The health file {Path} could not be written: {Reason}")]
    private partial void LogFileFailed(string path, string reason);

    [LoggerMessage(EventIds.HealthEndpointFailed, LogLevel.Error, "The health endpoint could not listen on {Host}:{Port}: {Reason}. Set Moderation:Health:Port to a free port, or to 0 to turn it off.")]
    private partial void LogEndpointFailed(string host, int port, string reason);
}
