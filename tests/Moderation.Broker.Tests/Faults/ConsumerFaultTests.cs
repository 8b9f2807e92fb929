using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;
using RabbitMQ.Client;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The connection stays, but nothing is consumed any more, which no client cures by itself: F5, F6, F7.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ConsumerFaultTests(PrivateBroker broker)
{
    [Fact]
    public async Task F5_OnlyTheChannelClosed_ChannelAndConsumerAreRebuiltOnTheSameConnection()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        var channel = worker.RabbitMq.Articles!.Current!;
        var connected = worker.Log.Count(EventIds.Connected);

        await channel.BasicAckAsync(999_999, multiple: false, TestContext.Current.CancellationToken);
        await worker.UntilLoggedAsync(EventIds.ConsumerLost);

        await probe.PublishAsync(QueueProbe.Article("after"));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
        Assert.False(channel.IsOpen);
        Assert.Equal<int?>(406, channel.CloseReason?.ReplyCode);
        Assert.False(worker.Log.Has(EventIds.ConnectionLost));
        // Only the connection that publishes was made since: it is opened by the first result.
        Assert.Equal(connected + 1, worker.Log.Count(EventIds.Connected));
    }

    [Fact]
    public async Task F5_PublishToAMissingExchange_OnlyThePublishingChannelIsRebuilt()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        await probe.OnChannelAsync(channel => channel.ExchangeDeleteAsync(probe.ResultsExchange));

        await probe.PublishAsync(QueueProbe.Article("one"));
        await worker.UntilLoggedAsync(EventIds.PublishFailed);
        Assert.Contains(worker.Log.Entries, entry => entry.Id == EventIds.PublishFailed && entry.Text.Contains("404", StringComparison.Ordinal));
        Assert.Equal(0, await probe.CountAsync(probe.ResultsQueue));
        await probe.OnChannelAsync(async channel =>
        {
            await channel.ExchangeDeclareAsync(probe.ResultsExchange, "topic", durable: true);
            await channel.QueueBindAsync(probe.ResultsQueue, probe.ResultsExchange, "#");
        });

        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(20));
        Assert.False(worker.Log.Has(EventIds.ConnectionLost));
    }

    [Fact]
    public async Task F6_AckTimeout_ConsumerIsRebuiltTheLogNamesTheSettingAndThereIsOneAnswer()
    {
        PrivateBroker.SkipIfNotInstalled();
        await broker.EvalAsync("application:set_env(rabbit,consumer_timeout,3000), application:set_env(rabbit,channel_tick_interval,1000).");
        try
        {
            await using var probe = new QueueProbe(broker);
            var settings = probe.Settings();
            settings["Moderation:Processing:Timeout"] = "00:00:20";
            await using var worker = await WorkerUnderTest.StartReadyAsync(settings);

            await probe.PublishAsync(QueueProbe.Article("slow", $"Slow. {MarkedAnnotator.Slow(6_000)}"));
            await worker.UntilLoggedAsync(EventIds.AckTimeout);
            Assert.Contains(worker.Log.Entries, entry => entry.Text.Contains("consumer_timeout", StringComparison.Ordinal));
            await broker.EvalAsync("application:set_env(rabbit,consumer_timeout,1800000).");

            var ledger = new Ledger(probe, ["slow"]);
            await ledger.SettleAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(0, ledger.Duplicates);
            await worker.UntilAsync(HealthLevel.Ready);
        }
        finally
        {
            await broker.EvalAsync("application:set_env(rabbit,consumer_timeout,1800000), application:set_env(rabbit,channel_tick_interval,60000).");
        }
    }

    [Fact]
    public async Task F7_InputQueueDeleted_IsNoticedAndTheQueueDeclaredAgain()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());

        await probe.OnChannelAsync(channel => channel.QueueDeleteAsync(probe.ArticlesQueue));
        await worker.UntilLoggedAsync(EventIds.ConsumerLost);
        await worker.UntilAsync(HealthLevel.Ready);

        await probe.PublishAsync(QueueProbe.Article("after"));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task F7_InputQueueDeletedAndNotToBeDeclared_WorkerIsNotReadyAndSaysWhichQueue()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await (await WorkerUnderTest.StartReadyAsync(probe.Settings())).DisposeAsync();
        var settings = probe.Settings();
        settings["Moderation:RabbitMq:Declare"] = "false";
        await using var worker = await WorkerUnderTest.StartReadyAsync(settings);

        await probe.OnChannelAsync(channel => channel.QueueDeleteAsync(probe.ArticlesQueue));

        await worker.UntilLoggedAsync(EventIds.SubscribeFailed);
        Assert.Equal(HealthLevel.NotReady, worker.Health.Level);
        Assert.Contains(worker.Health.Reasons, reason => reason.Contains($"'{probe.ArticlesQueue}'", StringComparison.Ordinal));
    }
}
