using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The network resets, swallows or trickles: F11.</summary>
[Collection(BrokerCollection.Name)]
public sealed class NetworkFaultTests(PrivateBroker broker)
{
    [Fact]
    public async Task F11_ConnectionsReset_WorkGoesOn()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultAsync(200, async (proxy, worker) =>
        {
            Assert.Equal(2, proxy.Reset());
            await worker.UntilLoggedAsync(EventIds.ConnectionLost);
        });
    }

    [Fact]
    public async Task F11_BlackHole_NothingHangsPastTheTimeouts()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultAsync(200, async (proxy, worker) =>
        {
            proxy.BlackHole = true;
            await worker.UntilLoggedAsync(EventIds.ConnectionLost);
            await worker.UntilLoggedAsync(EventIds.ConnectFailed);
            Assert.True(proxy.Swallowed > 0);
            Assert.Equal(HealthLevel.NotReady, worker.Health.Level);
        });
    }

    [Fact]
    public async Task F11_OneKilobyteASecond_PublishesTimeOutAndAreTriedAgain()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultAsync(60, async (proxy, worker) =>
        {
            proxy.BytesPerSecond = 1024;
            await worker.UntilLoggedAsync(EventIds.PublishFailed);
        });
    }

    [Fact]
    public async Task F11_BlackHoleWhileStopping_StopsWithinTheBudget()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var proxy = new FaultProxy(broker.Port);
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings(proxy.Uri);
        settings["Moderation:Shutdown:Drain"] = "00:00:02";
        settings["Moderation:Shutdown:Timeout"] = "00:00:15";
        var worker = await WorkerUnderTest.StartReadyAsync(settings);
        await probe.PublishAsync(Enumerable.Range(0, 50).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(50)}")));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
        proxy.BlackHole = true;
        var started = TimeProvider.System.GetTimestamp();

        await worker.DisposeAsync();

        Assert.True(proxy.Swallowed > 0, "nothing went into the black hole");
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 15);
    }

    private async Task FaultAsync(int articles, Func<FaultProxy, WorkerUnderTest, Task> fault)
    {
        await using var proxy = new FaultProxy(broker.Port);
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings(proxy.Uri));
        await probe.PublishAsync(Enumerable.Range(0, articles).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(10)}")));
        await probe.UntilResultsAsync(5, TimeSpan.FromSeconds(30));

        await fault(proxy, worker);
        Assert.True(worker.Metrics.PublishedTotal < articles, "all was done before the fault");
        proxy.Restore();

        await new Ledger(probe, Enumerable.Range(0, articles).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(60));
    }
}
