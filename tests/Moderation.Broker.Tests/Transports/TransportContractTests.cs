using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests.Transports;

/// <summary>What a transport must be able to show of itself for the contract tests.</summary>
public interface ITransportBench : IAsyncDisposable
{
    Dictionary<string, string?> Settings { get; }

    Task SendAsync(string name, byte[] body);

    Task<int> CountResultsAsync();

    Task<int> CountDeadAsync();

    /// <summary>The results' bodies by article id.</summary>
    Task<ILookup<string, string>> TakeResultsAsync();

    /// <summary>The code and reason of each dead letter.</summary>
    Task<IReadOnlyList<(string Code, string Reason, int Attempts)>> TakeDeadAsync();
}

/// <summary>The promises that every transport keeps in the same way.</summary>
public abstract class TransportContractTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    protected abstract Task<ITransportBench> OpenAsync();

    [Fact]
    public async Task Good_EachArticle_HasItsOneResult()
    {
        await using var bench = await OpenAsync();
        await using var worker = await WorkerUnderTest.StartReadyAsync(bench.Settings);

        for (var number = 0; number < 50; number++)
        {
            await bench.SendAsync($"article-{number}", QueueProbe.Article($"article-{number}"));
        }

        await Wait.UntilAsync(async () => await bench.CountResultsAsync() >= 50, Limit, "50 results are there");
        var results = await bench.TakeResultsAsync();
        Assert.Equal(50, results.Count);
        Assert.All(results, result => Assert.Single(result));
        Assert.Equal(0, await bench.CountDeadAsync());
    }

    [Fact]
    public async Task Bad_Message_IsSetAsideWithCodeAndReasonAndTheNextFlows()
    {
        await using var bench = await OpenAsync();
        await using var worker = await WorkerUnderTest.StartReadyAsync(bench.Settings);

        await bench.SendAsync("bad", "{ \"id\": "u8.ToArray());
        await bench.SendAsync("good", QueueProbe.Article("good"));

        await Wait.UntilAsync(async () => await bench.CountDeadAsync() == 1 && await bench.CountResultsAsync() == 1, Limit, "one is dead and one done");
        var (code, reason, attempts) = Assert.Single(await bench.TakeDeadAsync());
        Assert.NotEmpty(code);
        Assert.Contains(' ', reason);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Transient_Failure_IsTriedAgainUntilItSucceeds()
    {
        await using var bench = await OpenAsync();
        await using var worker = await WorkerUnderTest.StartReadyAsync(bench.Settings);

        await bench.SendAsync("flaky", QueueProbe.Article("flaky", $"Flaky. {MarkedAnnotator.FailTimes(2)}"));

        await Wait.UntilAsync(async () => await bench.CountResultsAsync() == 1, Limit, "the result is there");
        Assert.Equal(3, worker.Annotator.Attempts["flaky"]);
        Assert.Equal(2, worker.Metrics.RetriedTotal);
    }

    [Fact]
    public async Task Lasting_Failure_IsSetAsideWithTheCountOfAttempts()
    {
        await using var bench = await OpenAsync();
        await using var worker = await WorkerUnderTest.StartReadyAsync(bench.Settings);

        await bench.SendAsync("hopeless", QueueProbe.Article("hopeless", $"Hopeless. {MarkedAnnotator.Fail}"));

        await Wait.UntilAsync(async () => await bench.CountDeadAsync() == 1, Limit, "it is dead");
        var (code, _, attempts) = Assert.Single(await bench.TakeDeadAsync());
        Assert.Equal("retries-exhausted", code);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task Same_ArticleAgain_GivesTheSameBytes()
    {
        await using var bench = await OpenAsync();
        await using (var first = await WorkerUnderTest.StartReadyAsync(bench.Settings))
        {
            await bench.SendAsync("twin", QueueProbe.Article("twin"));
            await Wait.UntilAsync(() => first.Metrics.PublishedTotal == 1, Limit, "the first is done");
        }

        var before = Assert.Single((await bench.TakeResultsAsync())["twin"]);
        await using var second = await WorkerUnderTest.StartReadyAsync(bench.Settings);
        await bench.SendAsync("twin", QueueProbe.Article("twin"));
        await Wait.UntilAsync(() => second.Metrics.PublishedTotal == 1, Limit, "the second is done");

        Assert.Equal(before, Assert.Single((await bench.TakeResultsAsync())["twin"]));
    }

    [Fact]
    public async Task Stop_ArticleInWork_IsFinishedFirst()
    {
        await using var bench = await OpenAsync();
        await using var worker = await WorkerUnderTest.StartReadyAsync(bench.Settings);
        await bench.SendAsync("slow", QueueProbe.Article("slow", $"Slow. {MarkedAnnotator.Slow(1_000)}"));
        await Wait.UntilAsync(() => worker.Annotator.Attempts.ContainsKey("slow"), Limit, "the article is in work");
        Assert.Equal(0, await bench.CountResultsAsync());

        await worker.StopAsync();

        Assert.Equal(1, await bench.CountResultsAsync());
        Assert.Equal(0, worker.Exit.Code);
    }

    [Fact]
    public async Task Stop_BudgetSpent_ArticleIsLeftForTheNextWorker()
    {
        await using var bench = await OpenAsync();
        var settings = new Dictionary<string, string?>(bench.Settings) { ["Moderation:Shutdown:Drain"] = "00:00:00.200" };
        await using (var first = await WorkerUnderTest.StartReadyAsync(settings))
        {
            await bench.SendAsync("slow", QueueProbe.Article("slow", $"Slow. {MarkedAnnotator.Slow(3_000)}"));
            await Wait.UntilAsync(() => first.Annotator.Attempts.ContainsKey("slow"), Limit, "the article is in work");
            await first.StopAsync();
            Assert.Equal(0, first.Metrics.PublishedTotal);
        }

        await using var second = await WorkerUnderTest.StartReadyAsync(bench.Settings);
        await Wait.UntilAsync(async () => await bench.CountResultsAsync() == 1, Limit, "the other worker did it");
    }

    [Fact]
    public async Task Two_WorkersOnOneQueue_ShareTheWork()
    {
        await using var bench = await OpenAsync();
        await using var first = await WorkerUnderTest.StartReadyAsync(bench.Settings);
        await using var second = await WorkerUnderTest.StartReadyAsync(bench.Settings);

        for (var number = 0; number < 100; number++)
        {
            await bench.SendAsync($"article-{number}", QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(60)}"));
        }

        await Wait.UntilAsync(() => first.Metrics.PublishedTotal + second.Metrics.PublishedTotal == 100, Limit, "100 are done between them");
        Assert.True(first.Metrics.PublishedTotal > 0 && second.Metrics.PublishedTotal > 0, $"{first.Metrics.PublishedTotal} and {second.Metrics.PublishedTotal}");
        Assert.Equal(100, (await bench.TakeResultsAsync()).Count);
    }
}
