using Microsoft.Extensions.DependencyInjection;
using Moderation.Annotation.Results;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests.Faults;

/// <summary>Transient failures by the hundred, injected by Polly's chaos strategies: F20.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ChaosFaultTests(PrivateBroker broker, ITestOutputHelper output)
{
    private const int Articles = 300;
    private const int Retries = 3;

    [Fact]
    public async Task F20_ChaosInTheEngine_EveryArticleSucceedsInTheEndAndEachRetryIsCounted()
    {
        PrivateBroker.SkipIfNotInstalled();
        using var metrics = new CountedMetrics();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:Processing:Retries"] = $"{Retries}";
        settings["Moderation:Processing:Timeout"] = "00:00:02";
        ChaosAnnotator? chaos = null;
        await using var worker = await WorkerUnderTest.StartReadyAsync(settings, services => services.AddSingleton<IAnnotator>(
            provider => chaos = new ChaosAnnotator(provider.GetRequiredService<MarkedAnnotator>(), Retries, tooLong: TimeSpan.FromSeconds(20))));
        var ids = Enumerable.Range(0, Articles).Select(number => $"article-{number}").ToArray();

        await probe.PublishAsync(ids.Select(id => QueueProbe.Article(id)));
        await new Ledger(probe, ids).SettleAsync(TimeSpan.FromSeconds(120));

        output.WriteLine($"{chaos!.Faults} faults and {chaos.Latencies} latencies injected, {worker.Metrics.RetriedTotal} retries");
        Assert.True(chaos.Faults > Articles / 10 && chaos.Latencies > 0, $"hardly any chaos: {chaos.Faults} faults, {chaos.Latencies} latencies");
        Assert.Equal(chaos.Faults, metrics["moderation.articles.retried{annotation-failed}"]);
        Assert.Equal(chaos.Latencies, metrics["moderation.articles.retried{annotation-timeout}"]);
        Assert.Equal(Articles, metrics["moderation.articles.published"]);
    }
}
