using System.IO.Compression;
using System.Text;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests.Faults;

/// <summary>F18 by the thousand: mutated articles mixed with good ones, through a worker process whose memory is watched.</summary>
[Collection(BrokerCollection.Name)]
public sealed class HostileMixTests(PrivateBroker broker, ITestOutputHelper output)
{
    private const int Good = 300;

    /// <summary>
    /// The collector lets garbage lie for as long as there is room, so that the memory held says little. With so little room the process
    /// ends as soon as it really needs more: a leak, or a bomb that is unpacked, could not be overlooked.
    /// </summary>
    private const int HeapMegabytes = 160;

    [Fact]
    public async Task F18_MutatedArticlesAmongGoodOnes_EveryGoodOneIsAnnotatedEveryBadOneDeadLetteredAndMemoryStaysFlat()
    {
        PrivateBroker.SkipIfNotInstalled();
        var mutants = Environment.GetEnvironmentVariable("MODERATION_LONG_TESTS") == "1" ? 10_000 : 1_500;
        var random = new Random(18);
        await using var probe = new QueueProbe(broker);
        await using var worker = ChildWorker.Start(probe.Settings(), HeapMegabytes);
        await worker.UntilConsumingAsync();
        var bodies = Enumerable.Range(0, mutants).Select(number => Mutate(QueueProbe.Article($"mutant-{number}", "“He said” 😀 \u00a0words."), random)).ToList();
        for (var number = 0; number < Good; number++)
        {
            bodies.Insert(random.Next(bodies.Count), QueueProbe.Article($"good-{number}"));
        }

        var bombs = Enumerable.Range(0, mutants / 100).Select(number => Bomb(50 + (number % 5 * 50))).ToList();

        var half = bodies.Count / 2;
        await probe.PublishAsync(bodies[..half]);
        await probe.PublishAsync(bombs, new Dictionary<string, object?> { ["content-encoding"] = "gzip" });
        await SettledAsync(probe, half + bombs.Count);
        await probe.PublishAsync(bodies[half..]);
        await probe.PublishAsync(bombs, new Dictionary<string, object?> { ["content-encoding"] = "gzip" });
        await SettledAsync(probe, bodies.Count + (2 * bombs.Count));
        var peak = PeakMegabytes(worker.Id);

        var results = await probe.TakeResultsAsync();
        var dead = await probe.TakeDeadAsync();
        output.WriteLine($"{bodies.Count + (2 * bombs.Count)} messages: {results.Count} annotated, {dead.Count} dead: {string.Join(", ", dead.CountBy(letter => letter.Headers["x-moderation-error"]).Select(code => $"{code.Key} {code.Value}"))}; heap limited to {HeapMegabytes} MB, peak memory of the process {peak} MB");
        Assert.False(worker.HasExited, worker.Errors);
        Assert.Equal(Good, results.Select(result => result.ArticleId).Where(id => id.StartsWith("good-", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(bodies.Count + (2 * bombs.Count), results.Count + dead.Count);
        Assert.True(dead.Count > mutants / 4, "hardly any mutant was bad");
        Assert.All(dead, letter => Assert.Contains(' ', letter.Headers["x-moderation-reason"]));
        Assert.DoesNotContain(dead, letter => letter.Headers["x-moderation-error"] is "annotation-failed" or "retries-exhausted" or "result-invalid");
        var ownErrors = worker.Errors.Split('\n').Where(line => line.Contains($"[{EventIds.SettleFailed}]", StringComparison.Ordinal)).ToArray();
        Assert.True(ownErrors.Length == 0, string.Join('\n', ownErrors));
        Assert.InRange(peak, 1, HeapMegabytes + 140);
    }

    private static Task SettledAsync(QueueProbe probe, int count) =>
        Wait.UntilCountAsync(async () => await probe.CountAsync(probe.ResultsQueue) + await probe.CountAsync(probe.DeadQueue), count, TimeSpan.FromSeconds(60), $"{count} messages are accounted for");

    /// <summary>The most memory that the process ever held (VmHWM).</summary>
    private static int PeakMegabytes(int processId) =>
        int.Parse(File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;

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

    private static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            var block = new byte[1024 * 1024];
            Array.Fill(block, (byte)' ');
            for (var megabyte = 0; megabyte < megabytes; megabyte++)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }
}
