using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The telemetry backend is away: F28. And that something is sent when it is there.</summary>
[Collection(BrokerCollection.Name)]
public sealed class TelemetryFaultTests(PrivateBroker broker)
{
    private const int Articles = 200;

    [Fact]
    public async Task F28_CollectorsPortClosed_HasNoEffectOnArticlesNorOnStopping()
    {
        PrivateBroker.SkipIfNotInstalled();
        using var failures = new ExportFailures();

        await RunAsync(FreePort(), async () => await Wait.UntilAsync(() => failures.Count > 0, TimeSpan.FromSeconds(20), "an export has failed"));
    }

    [Fact]
    public async Task F28_CollectorHangs_HasNoEffectOnArticlesNorOnStopping()
    {
        PrivateBroker.SkipIfNotInstalled();
        // Accepts and never answers.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var failures = new ExportFailures();

        await RunAsync(((IPEndPoint)silent.LocalEndpoint).Port, async () => await Wait.UntilAsync(() => failures.Count > 0, TimeSpan.FromSeconds(20), "an export has timed out"));
        Assert.True(silent.Pending(), "nobody called the collector");
    }

    [Fact]
    public async Task Export_CollectorThere_GetsMetricsAndTracesAndNothingOfTheText()
    {
        PrivateBroker.SkipIfNotInstalled();
        var port = FreePort();
        using var collector = new HttpListener();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var received = new ConcurrentDictionary<string, string>();
        var answering = AnswerAsync(collector, received);

        await RunAsync(port, async () => await Wait.UntilAsync(() => received.ContainsKey("/v1/metrics") && received.ContainsKey("/v1/traces"), TimeSpan.FromSeconds(30), "metrics and traces have arrived"));

        collector.Stop();
        await answering;
        Assert.Contains("moderation.articles.published", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("moderation.annotation.duration", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("annotate article", received["/v1/traces"], StringComparison.Ordinal);
        Assert.All(received.Values, body => Assert.DoesNotContain("council met", body, StringComparison.Ordinal));
    }

    private async Task RunAsync(int collectorPort, Func<Task> untilExported)
    {
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:Telemetry:OtlpEndpoint"] = $"http://127.0.0.1:{collectorPort}";
        settings["Moderation:Telemetry:Interval"] = "00:00:00.200";
        settings["Moderation:Telemetry:Timeout"] = "00:00:01";
        await using var worker = await WorkerUnderTest.StartReadyAsync(settings);
        var ids = Enumerable.Range(0, Articles).Select(number => $"article-{number}").ToArray();

        await probe.PublishAsync(ids.Select(id => QueueProbe.Article(id)));
        await untilExported();

        await new Ledger(probe, ids).SettleAsync(TimeSpan.FromSeconds(60));
        Assert.True(worker.Log.Has(EventIds.TelemetryStarted));
        var started = TimeProvider.System.GetTimestamp();
        await worker.StopAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 12);
        Assert.Equal(0, worker.Exit.Code);
        Assert.Equal(Articles, worker.Metrics.PublishedTotal);
    }

    private static async Task AnswerAsync(HttpListener collector, ConcurrentDictionary<string, string> received)
    {
        try
        {
            while (true)
            {
                var context = await collector.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                // Protobuf holds its strings as they are.
                received.AddOrUpdate(context.Request.Url!.AbsolutePath, _ => Text(body), (_, before) => before + Text(body));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Counts what the exporter itself says went wrong.</summary>
    private sealed class ExportFailures : EventListener
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
            {
                EnableEvents(source, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs written) => Interlocked.Increment(ref count);
    }
}
