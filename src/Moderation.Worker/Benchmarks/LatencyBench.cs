using Moderation.Annotation.Results;

namespace Moderation.Worker.Benchmarks;

/// <summary>
/// Latency at half load: articles arrive at half the rate that one core can do, at random moments, and each is timed from its arrival, so that
/// waiting behind another counts.
/// </summary>
internal static class LatencyBench
{
    public static IEnumerable<Figure> Run(IAnnotator annotator, BenchTexts texts, TimeSpan duration)
    {
        const string Group = "latency at half load, one core";
        var load = new AnnotationLoad(annotator);
        var warmUp = TimeProvider.System.GetTimestamp();
        var rate = load.RunFor(TimeSpan.FromSeconds(2), texts.Pieces) / TimeProvider.System.GetElapsedTime(warmUp).TotalSeconds / 2;
        var random = new Random(1);
        var latencies = new List<double>();
        var start = TimeProvider.System.GetTimestamp();
        double arrival = 0;
        double Now() => TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        while (arrival < duration.TotalSeconds)
        {
            arrival -= Math.Log(1 - random.NextDouble()) / rate;
            var wait = arrival - Now();
            if (wait > 0.002)
                Thread.Sleep(TimeSpan.FromSeconds(wait - 0.001));
            while (Now() < arrival)
                Thread.SpinWait(20);
            load.Run(texts.Pieces[latencies.Count % texts.Pieces.Count]);
            latencies.Add((Now() - arrival) * 1000);
        }

        latencies.Sort();
        double Percentile(double share) => latencies[Math.Min(latencies.Count - 1, (int)(share * latencies.Count))];
        yield return new Figure(Group, "arrivals/s", rate);
        yield return new Figure(Group, "p50, milliseconds", Percentile(0.5));
        yield return new Figure(Group, "p99, milliseconds", Percentile(0.99));
        yield return new Figure(Group, "p99.9, milliseconds", Percentile(0.999));
    }
}
