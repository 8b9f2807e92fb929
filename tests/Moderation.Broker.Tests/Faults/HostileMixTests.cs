using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;

namespace Moderation.Broker.Tests.Faults;

/// <summary>F18 by the thousand: mutated articles mixed with good ones.</summary>
[Collection(BrokerCollection.Name)]
public sealed class HostileMixTests(PrivateBroker broker, ITestOutputHelper output)
{
    [Fact]
    public async Task F18_MutatedArticlesAmongGoodOnes_EveryGoodOneIsAnnotatedAndEveryOtherAccountedFor()
    {
        PrivateBroker.SkipIfNotInstalled();
        var mutants = Environment.GetEnvironmentVariable("MODERATION_LONG_TESTS") == "1" ? 10_000 : 1_500;
        const int Good = 300;
        var random = new Random(18);
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(probe.Settings());
        var bodies = Enumerable.Range(0, mutants).Select(number => Mutate(QueueProbe.Article($"mutant-{number}", "“He said” 😀 \u00a0words."), random)).ToList();
        for (var number = 0; number < Good; number++)
        {
            bodies.Insert(random.Next(bodies.Count), QueueProbe.Article($"good-{number}"));
        }

        await probe.PublishAsync(bodies);
        await Wait.UntilAsync(async () => await probe.CountAsync(probe.ResultsQueue) + await probe.CountAsync(probe.DeadQueue) >= bodies.Count, TimeSpan.FromSeconds(120), "every message is accounted for");

        var results = await probe.TakeResultsAsync();
        var dead = await probe.TakeDeadAsync();
        output.WriteLine($"{results.Count} annotated, {dead.Count} dead: {string.Join(", ", dead.GroupBy(letter => letter.Headers["x-moderation-error"]).Select(code => $"{code.Key} {code.Count()}"))}");
        Assert.Equal(Good, results.Select(result => result.ArticleId).Where(id => id.StartsWith("good-", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(bodies.Count, results.Count + dead.Count);
        Assert.True(dead.Count > mutants / 4, "hardly any mutant was bad");
        Assert.All(dead, letter => Assert.Contains(' ', letter.Headers["x-moderation-reason"]));
        Assert.DoesNotContain(dead, letter => letter.Headers["x-moderation-error"] is "annotation-failed" or "retries-exhausted" or "result-invalid");
        Assert.False(worker.Log.Has(Moderation.Worker.Hosting.EventIds.SettleFailed), worker.Log.All);
    }

    private static byte[] Mutate(byte[] article, Random random) => random.Next(8) switch
    {
        0 => article[..random.Next(article.Length)],
        1 => Replaced(article, random.Next(article.Length), (byte)random.Next(256)),
        2 => [.. article[..(article.Length / 2)], 0xff, 0xc0, 0xaf, .. article[(article.Length / 2)..]],
        3 => Encoding.UTF8.GetBytes($"{{\"id\":{string.Concat(Enumerable.Repeat("[", random.Next(1, 5_000)))}"),
        4 => Encoding.UTF8.GetBytes($"{{\"id\":{random.Next()},\"text\":{{\"a\":[true,null]}}}}"),
        5 => Encoding.UTF8.GetBytes($"{{\"id\":\"{new string('x', random.Next(1, 100_000))}\",\"text\":\"words\"}}"),
        6 => RandomBytes(random),
        _ => Encoding.UTF8.GetBytes("{\"id\":\"lone-" + random.Next() + "\",\"text\":\"a \\ud800 lone surrogate\",\"outlet\":\"\\udfff\"}"),
    };

    private static byte[] Replaced(byte[] article, int index, byte value)
    {
        var copy = article.ToArray();
        copy[index] = value;
        return copy;
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(2_000)];
        random.NextBytes(bytes);
        return bytes;
    }
}
