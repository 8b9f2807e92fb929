using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Moderation.Worker.Telemetry;

/// <summary>
/// Sends metrics and traces to an OpenTelemetry collector, where one is configured. Everything is sent from threads and bounded queues of its
/// own, so that a collector that refuses or hangs is felt by no article.
/// </summary>
internal sealed partial class OtlpExport(IOptions<ModerationOptions> options, ILogger<OtlpExport> logger) : IHostedService, IDisposable
{
    private readonly TelemetryOptions settings = options.Value.Telemetry;
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.OtlpEndpoint is not { } endpoint)
        {
            return Task.CompletedTask;
        }

        var resource = ResourceBuilder.CreateDefault().AddService("moderation", serviceVersion: Moderation.Annotation.Annotator.ProgramVersion);
        metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(WorkerMetrics.MeterName)
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.Interval.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = (int)settings.Timeout.TotalMilliseconds;
            })
            .Build();
        traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(WorkerActivities.SourceName)
            .AddOtlpExporter(exporter => Configure(exporter, endpoint, "v1/traces"))
            .Build();
        LogStarted(endpoint, settings.Interval);
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left, within the timeout of one send for both together.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (metrics is null || traces is null)
        {
            return;
        }

        var limit = (int)settings.Timeout.TotalMilliseconds;
        var sent = await Task.WhenAll(Task.Run(() => metrics.Shutdown(limit), CancellationToken.None), Task.Run(() => traces.Shutdown(limit), CancellationToken.None));
        if (sent.Contains(false))
        {
            LogLeft(settings.OtlpEndpoint!);
        }
    }

    public void Dispose()
    {
        metrics?.Dispose();
        traces?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, string endpoint, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{endpoint.TrimEnd('/')}/{path}");
        exporter.TimeoutMilliseconds = (int)settings.Timeout.TotalMilliseconds;
    }

    [LoggerMessage(EventIds.TelemetryStarted, LogLevel.Information, "Metrics and traces go to {Endpoint}, metrics every {Interval}.")]
    private partial void LogStarted(string endpoint, TimeSpan interval);

    [LoggerMessage(EventIds.TelemetryLeft, LogLevel.Warning, "The last metrics and traces did not reach {Endpoint}.")]
    private partial void LogLeft(string endpoint);
}
