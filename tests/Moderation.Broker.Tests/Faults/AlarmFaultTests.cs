using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The broker runs short of memory or disk and blocks whoever publishes: F8, F9.</summary>
[Collection(BrokerCollection.Name)]
public sealed class AlarmFaultTests(PrivateBroker broker)
{
    [Fact]
    public Task F8_MemoryAlarm_PublishingWaitsConsumingPausesAndWorkGoesOnAfterwards() =>
        AlarmAsync("vm_memory_monitor:set_vm_memory_high_watermark(0.0001).", "vm_memory_monitor:set_vm_memory_high_watermark(0.4).");

    [Fact]
    public Task F9_DiskAlarm_PublishingWaitsConsumingPausesAndWorkGoesOnAfterwards() =>
        AlarmAsync("rabbit_disk_monitor:set_disk_free_limit(\"1000000GB\").", "rabbit_disk_monitor:set_disk_free_limit(\"50MB\").");

    private async Task AlarmAsync(string raise, string clear)
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        // Slow enough that articles are in work and in the queue when the alarm comes; the probe itself is blocked during it.
        await probe.PublishAsync(Enumerable.Range(0, 150).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(80)}")));
        long published;
        await broker.EvalAsync(raise);
        try
        {
            await worker.UntilLoggedAsync(EventIds.ConnectionBlocked);
            await worker.UntilLoggedAsync(EventIds.ConsumerPaused);
            await worker.UntilAsync(HealthLevel.Degraded);
            Assert.Contains("resource_limit", await broker.EvalAsync("rabbit_alarm:get_alarms()."), StringComparison.Ordinal);
            // The connection that consumes and acknowledges is left alone by the alarm: that is what it is for.
            Assert.All(worker.Log.Entries.Where(entry => entry.Id == EventIds.ConnectionBlocked), entry => Assert.Contains("connection to publish", entry.Text, StringComparison.Ordinal));
            published = worker.Metrics.PublishedTotal;
        }
        finally
        {
            await broker.EvalAsync(clear);
        }

        Assert.True(published < 150, "all was done before the alarm");
        await worker.UntilLoggedAsync(EventIds.ConnectionUnblocked);
        await new Ledger(probe, Enumerable.Range(0, 150).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(60));
        await worker.UntilAsync(HealthLevel.Ready);
    }
}
