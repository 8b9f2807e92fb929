using System.IO.Compression;
using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The message or its annotation is at fault: F18, F20, F21, F26.</summary>
[Collection(BrokerCollection.Name)]
public sealed class MessageFaultTests(PrivateBroker broker)
{
    public static TheoryData<string, byte[], string?> Poison() => new()
    {
        { "bad JSON", "{ \"id\": "u8.ToArray(), null },
        { "wrong schema", "{ \"id\": 7, \"text\": [] }"u8.ToArray(), null },
        { "no text", "{ \"id\": \"a\" }"u8.ToArray(), null },
        { "bad UTF-8", [.. "{ \"id\": \"a\", \"text\": \""u8, 0xc3, 0x28, .. "\" }"u8], null },
        { "empty", [], null },
        { "10 MB", QueueProbe.Article("big", new string('a', 10 * 1024 * 1024)), null },
        { "deep nesting", Encoding.UTF8.GetBytes(new string('[', 50_000) + new string(']', 50_000)), null },
        { "compressed bomb", Bomb(), "gzip" },
        { "random bytes", [.. Enumerable.Range(0, 2_000).Select(number => (byte)(number * 7919 >> 3))], null },
    };

    [Theory]
    [MemberData(nameof(Poison), DisableDiscoveryEnumeration = true)]
    public async Task F18_Poison_IsDeadLetteredWithAReasonAndTheNextMessageFlows(string name, byte[] body, string? encoding)
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());

        await probe.PublishAsync([body], encoding is null ? null : new Dictionary<string, object?> { ["content-encoding"] = encoding });
        await probe.PublishAsync(QueueProbe.Article("next"));
        await probe.UntilDeadAsync(1, TimeSpan.FromSeconds(20));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(20));

        var letter = Assert.Single(await probe.TakeDeadAsync());
        Assert.Equal(body, letter.Body);
        Assert.True(letter.Headers["x-moderation-error"].Length > 0, name);
        Assert.Contains(' ', letter.Headers["x-moderation-reason"]);
        Assert.Equal(probe.ArticlesExchange, letter.Headers["x-moderation-original-exchange"]);
        Assert.Equal("next", Assert.Single(await probe.TakeResultsAsync()).ArticleId);
        Assert.Equal(0, await probe.CountAsync(probe.ArticlesQueue));
    }

    [Fact]
    public async Task F20_TransientFailures_AreRetriedAfterADelayAndThenSucceed()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());

        await probe.PublishAsync(QueueProbe.Article("flaky", $"Flaky. {MarkedAnnotator.FailTimes(2)}"), QueueProbe.Article("steady"));
        await probe.UntilResultsAsync(2, TimeSpan.FromSeconds(20));

        Assert.Equal(3, worker.Annotator.Attempts["flaky"]);
        Assert.Equal(2, worker.Metrics.RetriedTotal);
        Assert.Equal(0, worker.Metrics.DeadTotal);
        await new Ledger(probe, ["flaky", "steady"]).SettleAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task F20_FailureThatNeverPasses_IsDeadLetteredAfterItsRetriesWithTheCountOfAttempts()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());

        await probe.PublishAsync(QueueProbe.Article("hopeless", $"Hopeless. {MarkedAnnotator.Fail}"));
        await probe.UntilDeadAsync(1, TimeSpan.FromSeconds(30));

        var letter = Assert.Single(await probe.TakeDeadAsync());
        Assert.Equal("retries-exhausted", letter.Headers["x-moderation-error"]);
        Assert.Equal("4", letter.Headers["x-moderation-attempts"]);
        Assert.Equal("news.test", letter.Headers["x-moderation-original-routing-key"]);
        Assert.Equal(4, worker.Annotator.Attempts["hopeless"]);
    }

    [Fact]
    public async Task F21_AnnotationHangs_TimesOutAndIsDeadLetteredWhileOthersFlow()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:Processing:Timeout"] = "00:00:00.300";
        settings["Moderation:Processing:Retries"] = "1";
        await using var worker = await WorkerUnderTest.StartReadyAsync(settings);

        await probe.PublishAsync(QueueProbe.Article("hanging", $"Hangs. {MarkedAnnotator.Hang}"));
        await probe.PublishAsync(Enumerable.Range(0, 10).Select(number => QueueProbe.Article($"article-{number}")));
        await probe.UntilResultsAsync(10, TimeSpan.FromSeconds(20));
        await probe.UntilDeadAsync(1, TimeSpan.FromSeconds(20));

        Assert.Equal(2, worker.Log.Count(EventIds.AnnotationTimedOut));
        Assert.Equal(2, worker.Annotator.Attempts["hanging"]);
        Assert.False(worker.Log.Has(EventIds.AckTimeout));
        Assert.Contains("longer than", Assert.Single(await probe.TakeDeadAsync()).Headers["x-moderation-reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task F26_TheSameArticleTwice_GivesTheIdenticalResultTwice()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());

        await probe.PublishAsync(QueueProbe.Article("twin"), QueueProbe.Article("twin"));
        await probe.UntilResultsAsync(2, TimeSpan.FromSeconds(20));

        var results = await probe.TakeResultsAsync();
        Assert.Equal(2, results.Count);
        Assert.Single(results.Distinct());
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)' ');
            for (var megabyte = 0; megabyte < 200; megabyte++)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }
}
