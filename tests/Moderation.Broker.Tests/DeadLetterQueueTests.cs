using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;

namespace Moderation.Broker.Tests;

/// <summary>What <c>moderation dead</c> does with the broker's dead letters.</summary>
[Collection(BrokerCollection.Name)]
public sealed class DeadLetterQueueTests(PrivateBroker broker)
{
    [Fact]
    public async Task List_Twice_GivesTheSameLettersInOrderAndTakesNone()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await BuryAsync(probe, "{ one", "{ two", "{ three");
        await using var letters = await OpenAsync(probe);

        var first = await letters.ListAsync(CancellationToken.None).ToListAsync();
        var second = await letters.ListAsync(CancellationToken.None).ToListAsync();

        Assert.Equal(["1", "2", "3"], first.Select(letter => letter.Name));
        Assert.Equal(first.Select(letter => Encoding.UTF8.GetString(letter.Body().Span)), second.Select(letter => Encoding.UTF8.GetString(letter.Body().Span)));
        Assert.All(first, letter => Assert.Contains(' ', letter.Reason));
        await Wait.UntilAsync(async () => await probe.CountAsync(probe.DeadQueue) == 3, TimeSpan.FromSeconds(5), "all are back");
    }

    [Fact]
    public async Task Replay_One_GoesBackWithItsAttemptsForgottenAndTheOthersStay()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await BuryAsync(probe, "{ one", "{ two");
        await using (var letters = await OpenAsync(probe))
        {
            Assert.Equal(1, await letters.ReplayAsync("2", CancellationToken.None));
        }

        await Wait.UntilAsync(async () => await probe.CountAsync(probe.DeadQueue) == 1 && await probe.CountAsync(probe.ArticlesQueue) == 1, TimeSpan.FromSeconds(5), "one is dead and one alive");
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        await probe.UntilDeadAsync(2, TimeSpan.FromSeconds(10));
        Assert.All(await probe.TakeDeadAsync(), letter => Assert.Equal("1", letter.Headers["x-moderation-attempts"]));
    }

    [Fact]
    public async Task Replay_All_EachSucceedsOnceItsFaultIsCured()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:Processing:Retries"] = "0";
        await using (var failing = await WorkerUnderTest.StartReadyAsync(settings))
        {
            // Fails once in each worker's life: the next worker's first attempt fails too, its second succeeds.
            await probe.PublishAsync(QueueProbe.Article("a", $"Flaky. {MarkedAnnotator.FailTimes(1)}"), QueueProbe.Article("b", $"Flaky. {MarkedAnnotator.FailTimes(1)}"));
            await probe.UntilDeadAsync(2, TimeSpan.FromSeconds(10));
            await using var letters = await OpenAsync(probe);
            Assert.Equal(2, await letters.ReplayAsync(null, CancellationToken.None));
            await probe.UntilResultsAsync(2, TimeSpan.FromSeconds(10));
        }

        await new Ledger(probe, ["a", "b"]).SettleAsync(TimeSpan.FromSeconds(5));
    }

    private static async Task BuryAsync(QueueProbe probe, params string[] bodies)
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        foreach (var (body, count) in bodies.Select((body, index) => (body, index + 1)))
        {
            await probe.PublishAsync(Encoding.UTF8.GetBytes(body));
            await probe.UntilDeadAsync(count, TimeSpan.FromSeconds(10));
        }
    }

    private async Task<IDeadLetters> OpenAsync(QueueProbe probe)
    {
        var options = new RabbitMqOptions { Uri = broker.Uri, Names = new RabbitMqNames { ArticlesQueue = probe.ArticlesQueue } };
        var connection = new BrokerConnection("test", options, TimeProvider.System, new CapturedLog());
        return new DeadLetterQueue(await connection.GetAsync(CancellationToken.None), options.Names, connection);
    }
}
