using Moderation.Broker.Tests.Broker;

namespace Moderation.Broker.Tests.Harness;

/// <summary>What was published, to be compared with what came out: nothing lost, nothing unexpected, and every duplicate its twin byte for byte.</summary>
internal sealed class Ledger(QueueProbe probe, IEnumerable<string> articles)
{
    private readonly HashSet<string> expected = [.. articles];
    private readonly List<ProbedResult> results = [];

    public int Duplicates => results.Count - results.Select(result => result.ArticleId).Distinct().Count();

    /// <summary>Takes results until each article has one and no queue holds more, then checks them.</summary>
    /// <param name="standstill">How long no further article may get its result before the test fails.</param>
    public async Task SettleAsync(TimeSpan standstill)
    {
        var missing = expected.Count;
        try
        {
            // What is missing, and what is still queued though it has its result, can only grow fewer.
            await Wait.UntilCountAsync(async () =>
            {
                try
                {
                    results.AddRange(await probe.TakeResultsAsync());
                }
                catch (Exception e) when (QueueProbe.IsBroken(e))
                {
                    return -missing - 1;
                }

                missing = expected.Except(results.Select(result => result.ArticleId)).Count();
                return await probe.CountAsync(probe.ArticlesQueue) == 0 && await probe.CountAsync(probe.IsolatedQueue) == 0 ? -missing : -missing - 1;
            }, 0, standstill, "every article has its result");
        }
        catch (Xunit.Sdk.XunitException)
        {
            var dead = await probe.TakeDeadAsync();
            Assert.Fail($"{missing} of {expected.Count} articles have no result and none came for {standstill}. Ready: {await probe.CountAsync(probe.ArticlesQueue)}, isolated: {await probe.CountAsync(probe.IsolatedQueue)}, dead: {dead.Count} ({string.Join("; ", dead.Take(3).SelectMany(letter => letter.Headers).Select(header => $"{header.Key}={header.Value}"))})");
        }

        Assert.Empty(results.Select(result => result.ArticleId).Except(expected));
        Assert.All(results.GroupBy(result => result.ArticleId), article =>
        {
            Assert.Single(article.Select(result => result.EventId).Distinct());
            Assert.Single(article.Select(result => result.BodyHash).Distinct());
        });
        Assert.Equal(0, await probe.CountAsync(probe.DeadQueue));
    }
}
