using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The broker goes away, comes back, or stands still: F1, F2, F3, F4, F10, F13.</summary>
[Collection(BrokerCollection.Name)]
public sealed class BrokerFaultTests(PrivateBroker broker)
{
    private const int Articles = 300;

    [Fact]
    public async Task F1_BrokerDownAtStart_WorkerStartsNotReadyBacksOffAndThenConsumes()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var proxy = new FaultProxy(broker.Port) { Refusing = true };
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartAsync(probe.Settings(proxy.Uri));
        await worker.UntilLoggedAsync(EventIds.ConnectFailed, times: 3);
        Assert.Equal(HealthLevel.NotReady, worker.Health.Level);
        Assert.Equal(0, proxy.Accepted);
        Assert.True(proxy.Refused >= 3, $"only {proxy.Refused} connections were refused");
        // Ever later, and never by the same amount: the delays of an exponential backoff with jitter.
        var delays = worker.Log.Entries.Where(entry => entry.Id == EventIds.ConnectFailed).Select(entry => entry.Text[entry.Text.IndexOf("next in ", StringComparison.Ordinal)..]).ToArray();
        Assert.Equal(delays.Length, delays.Distinct().Count());

        proxy.Refusing = false;
        await worker.UntilAsync(HealthLevel.Ready);

        await probe.PublishAsync(QueueProbe.Article("after"));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task F2_BrokerRestartsMidWork_NothingIsLostAndDuplicatesAreIdentical()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultMidWorkAsync(async worker =>
        {
            await broker.RestartAppAsync();
            Assert.True(worker.Log.Has(EventIds.ConnectionLost), "the worker's connections survived the restart");
        });
    }

    [Fact]
    public async Task F3_BrokerKilledMidWork_NothingIsLostAndDuplicatesAreIdentical()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultMidWorkAsync(async worker =>
        {
            await broker.KillAsync();
            await worker.UntilLoggedAsync(EventIds.ConnectionLost);
            await broker.StartAsync();
        });
    }

    [Fact]
    public async Task F4_ConnectionsClosedByForce_WhatIsPublishedAfterwardsIsConsumed()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultMidWorkAsync(async worker =>
        {
            await broker.CloseConnectionsAsync();
            await worker.UntilLoggedAsync(EventIds.ConnectionLost);
        });
    }

    [Fact]
    public async Task F10_BrokerFrozen_HeartbeatsCloseTheConnectionAndWorkGoesOn()
    {
        PrivateBroker.SkipIfNotInstalled();
        await FaultMidWorkAsync(async worker =>
        {
            await broker.FreezeAsync(TimeSpan.FromSeconds(8));
            Assert.True(worker.Log.Has(EventIds.ConnectionLost) || worker.Log.Has(EventIds.ConsumerLost), $"nobody noticed the freeze:\n{worker.Log.All}");
        });
    }

    [Fact]
    public async Task F13_ListenerSuspended_WorkerBacksOffWithoutFloodingItsLog()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        await broker.EvalAsync("rabbit_maintenance:suspend_all_client_listeners().");
        int entries;
        try
        {
            await broker.CloseConnectionsAsync();
            await worker.UntilLoggedAsync(EventIds.ConnectFailed, times: 4);
            await worker.UntilAsync(HealthLevel.NotReady);
            entries = worker.Log.Entries.Count(entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
        }
        finally
        {
            await broker.EvalAsync("rabbit_maintenance:resume_all_client_listeners().");
        }

        await worker.UntilAsync(HealthLevel.Ready);
        await probe.PublishAsync(QueueProbe.Article("after"));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
        Assert.InRange(entries, 4, 40);
    }

    /// <summary>Breaks something while articles are in work, publishes more afterwards, and checks that each has its one answer.</summary>
    private async Task FaultMidWorkAsync(Func<WorkerUnderTest, Task> fault)
    {
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        await probe.PublishAsync(Enumerable.Range(0, Articles).Select(number => QueueProbe.Article($"before-{number}", $"Slow. {MarkedAnnotator.Slow(40)}")));
        await probe.UntilResultsAsync(20, TimeSpan.FromSeconds(30));
        Assert.True(worker.Metrics.PublishedTotal < Articles, "all was done before the fault");

        await fault(worker);
        await probe.PublishAsync(Enumerable.Range(0, 10).Select(number => QueueProbe.Article($"after-{number}")));

        await new Ledger(probe, Enumerable.Range(0, Articles).Select(number => $"before-{number}").Concat(Enumerable.Range(0, 10).Select(number => $"after-{number}"))).SettleAsync(TimeSpan.FromSeconds(60));
        await worker.UntilAsync(HealthLevel.Ready);
    }
}
