using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests;

/// <summary>The main job, through a real broker.</summary>
[Collection(BrokerCollection.Name)]
public sealed class EndToEndTests(PrivateBroker broker)
{
    [Fact]
    public async Task Run_TenThousandArticlesWithThreeBadAmongThem_EachHasItsOneResultAndTheBadOnesAReason()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        var bodies = Enumerable.Range(0, 10_000).Select(number => QueueProbe.Article($"article-{number}")).ToList();
        bodies.Insert(1_000, "{ \"id\": \"broken\", \"text\": "u8.ToArray());
        bodies.Insert(5_000, "{ \"id\": \"no text\" }"u8.ToArray());
        bodies.Insert(9_000, [0xff, 0xfe, 0x00, 0x41]);

        await probe.PublishAsync(bodies);
        await probe.UntilResultsAsync(10_000, TimeSpan.FromSeconds(30));
        await probe.UntilDeadAsync(3, TimeSpan.FromSeconds(10));

        var results = await probe.TakeResultsAsync();
        Assert.Equal(10_000, results.Select(result => result.EventId).Distinct().Count());
        Assert.Equal(10_000, results.Count);
        Assert.All(results, result => Assert.Equal("annotated.clear.Test Desk".Replace(' ', '-'), result.RoutingKey));
        var dead = await probe.TakeDeadAsync();
        Assert.Equal(3, dead.Count);
        Assert.All(dead, letter =>
        {
            Assert.NotEmpty(letter.Headers["x-moderation-error"]);
            Assert.Contains(' ', letter.Headers["x-moderation-reason"]);
            Assert.Equal("news.test", letter.Headers["x-moderation-original-routing-key"]);
            Assert.Equal("1", letter.Headers["x-moderation-attempts"]);
        });
        Assert.Equal(0, await probe.CountAsync(probe.ArticlesQueue));
        Assert.DoesNotContain(worker.Log.Entries, entry => entry.Text.Contains("council met", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_SigtermInTheMiddle_LosesNothingAndExitsWithZero()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var first = ChildWorker.Start(probe.Settings());
        await Wait.UntilAsync(async () => await probe.CountAsync(probe.ArticlesQueue) >= 0, TimeSpan.FromSeconds(30), "the worker has declared its queue");
        await probe.PublishAsync(Enumerable.Range(0, 500).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(20)}")));
        await probe.UntilResultsAsync(50, TimeSpan.FromSeconds(60));

        await first.TerminateAsync();
        var left = await probe.CountAsync(probe.ArticlesQueue);
        await using var second = ChildWorker.Start(probe.Settings());
        await probe.UntilResultsAsync(500, TimeSpan.FromSeconds(60));

        Assert.True(left > 0, "the worker had finished before it was stopped");
        Assert.True(first.ExitCode == 0, $"exit code {first.ExitCode}: {first.Errors}");
        var results = await probe.TakeResultsAsync();
        Assert.Equal(500, results.Select(result => result.ArticleId).Distinct().Count());
        Assert.Equal(results.Select(result => result.EventId).Distinct().Count(), results.Select(result => result.BodyHash).Distinct().Count());
    }
}
