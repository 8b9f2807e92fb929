using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>Results have nowhere to go: F16, F17.</summary>
[Collection(BrokerCollection.Name)]
public sealed class PublishFaultTests(PrivateBroker broker)
{
    [Fact]
    public async Task F16_ResultUnroutable_InputIsNotAckedTheAlarmIsRaisedAndNothingIsLost()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        await probe.OnChannelAsync(channel => channel.QueueUnbindAsync(probe.ResultsQueue, probe.ResultsExchange, "#"));

        await probe.PublishAsync(Enumerable.Range(0, 20).Select(number => QueueProbe.Article($"article-{number}")));
        await worker.UntilLoggedAsync(EventIds.PublishUnroutable);
        await worker.UntilLoggedAsync(EventIds.BreakerOpened);
        Assert.NotEqual(HealthLevel.Ready, worker.Health.Level);
        Assert.Equal(0, worker.Metrics.PublishedTotal);
        Assert.Equal(0, await probe.CountAsync(probe.ResultsQueue));
        await probe.OnChannelAsync(channel => channel.QueueBindAsync(probe.ResultsQueue, probe.ResultsExchange, "#"));

        await new Ledger(probe, Enumerable.Range(0, 20).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(40));
        await worker.UntilAsync(HealthLevel.Ready);
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task F16_ResultUnroutableForLongerThanItIsHeld_ArticleIsPutOffWithoutCountingAgainstIt()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:RabbitMq:Hold"] = "00:00:02.100";
        settings["Moderation:RabbitMq:DeliveryLimit"] = "1";
        await using var worker = await WorkerUnderTest.StartReadyAsync(settings);
        await probe.OnChannelAsync(channel => channel.QueueUnbindAsync(probe.ResultsQueue, probe.ResultsExchange, "#"));

        await probe.PublishAsync(QueueProbe.Article("patient"));
        // Three times, where two returns would have made the broker dead-letter it.
        await worker.UntilLoggedAsync(EventIds.ArticlePostponed, times: 3);
        await probe.OnChannelAsync(channel => channel.QueueBindAsync(probe.ResultsQueue, probe.ResultsExchange, "#"));

        await new Ledger(probe, ["patient"]).SettleAsync(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task F17_ResultQueueFull_BackPressureAndNothingIsLost()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        await broker.EvalAsync($"rabbit_policy:set(<<\"/\">>,<<\"{probe.ResultsQueue}\">>,<<\"^{probe.ResultsQueue}$\">>,[{{<<\"max-length\">>,5}}],0,<<\"queues\">>,<<\"test\">>).");

        await probe.PublishAsync(Enumerable.Range(0, 100).Select(number => QueueProbe.Article($"article-{number}")));
        await worker.UntilLoggedAsync(EventIds.PublishFailed);
        Assert.Contains(worker.Log.Entries, entry => entry.Id == EventIds.PublishFailed && entry.Text.Contains("refused", StringComparison.Ordinal));
        Assert.InRange(worker.Metrics.PublishedTotal, 1, 99);

        await new Ledger(probe, Enumerable.Range(0, 100).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(120));
        await broker.EvalAsync($"rabbit_policy:delete(<<\"/\">>,<<\"{probe.ResultsQueue}\">>,<<\"test\">>).");
    }
}
