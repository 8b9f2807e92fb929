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
    /// <summary>Erlang for how many channels the broker has open.</summary>
    private const string Channels = "length(rabbit_channel:list()).";

    [Fact]
    public async Task F11_ConnectionsReset_WorkGoesOn()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultAsync(200, proxy => Assert.Equal(2, proxy.Reset()), (_, worker) => worker.UntilLoggedAsync(EventIds.ConnectionLost));
    }

    [Fact]
    public async Task F11_BlackHole_NothingHangsPastTheTimeouts()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultAsync(200, proxy => proxy.BlackHole = true, async (proxy, worker) =>
        {
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
        await FaultAsync(60, proxy => proxy.BytesPerSecond = 1024, (_, worker) => worker.UntilLoggedAsync(EventIds.PublishFailed, seconds: 60));
    }

    [Fact]
    public async Task F11_DeliveriesTrickle_TheSubscriptionIsKept()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var proxy = new FaultProxy(broker.Port);
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings(proxy.Uri));
        var ids = Enumerable.Range(0, 13).Select(number => $"article-{number}").ToArray();
        await probe.PublishAsync([Long(ids[0])]);
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
        var channels = await broker.EvalAsync(Channels);
        // Six seconds of deliveries: three times what a request may take, with several of them in that time.
        (proxy.SlowDownstreamOf, proxy.BytesPerSecond) = (1, 6 * 1024);
        var started = TimeProvider.System.GetTimestamp();

        await probe.PublishAsync(ids[1..].Select(Long));

        await new Ledger(probe, ids).SettleAsync(TimeSpan.FromSeconds(30));
        Assert.True(TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(4), "the line was not slow");
        Assert.Equal(0, worker.Log.Count(EventIds.ConsumerLost));
        Assert.Equal(channels, await broker.EvalAsync(Channels));

        static byte[] Long(string id) => QueueProbe.Article(id, string.Concat(Enumerable.Repeat("The council met. ", 180)));
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

    /// <summary>Publishes half of the articles before the fault and half during it, so that there is work for it to hit however slow the machine.</summary>
    private async Task FaultAsync(int articles, Action<FaultProxy> inject, Func<FaultProxy, WorkerUnderTest, Task> untilFelt)
    {
        await using var proxy = new FaultProxy(broker.Port);
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings(proxy.Uri));
        var ids = Enumerable.Range(0, articles).Select(number => $"article-{number}").ToArray();
        var bodies = ids.Select(id => QueueProbe.Article(id, $"Slow. {MarkedAnnotator.Slow(10)}")).ToArray();
        await probe.PublishAsync(bodies[..(articles / 2)]);
        await probe.UntilResultsAsync(5, TimeSpan.FromSeconds(30));

        inject(proxy);
        await probe.PublishAsync(bodies[(articles / 2)..]);
        await untilFelt(proxy, worker);
        proxy.Restore();

        await new Ledger(probe, ids).SettleAsync(TimeSpan.FromSeconds(60));
    }
}
