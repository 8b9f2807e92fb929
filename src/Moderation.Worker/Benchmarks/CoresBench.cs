using Moderation.Annotation.Results;

namespace Moderation.Worker.Benchmarks;

/// <summary>How much more one engine does on more cores: articles a second by the clock, the best of several runs of each kind, taken in turn.</summary>
internal static class CoresBench
{
    private const int Runs = 5;

    public static IEnumerable<Figure> Run(IAnnotator annotator, BenchTexts texts, TimeSpan duration)
    {
        if (Environment.ProcessorCount < 2)
            yield break;
        double one = 0, two = 0;
        for (var run = 0; run < Runs; run++)
        {
            one = Math.Max(one, Measure(annotator, texts, duration / Runs, 1));
            two = Math.Max(two, Measure(annotator, texts, duration / Runs, 2));
        }

        yield return new Figure("two cores", "articles/s on one core, by the clock", one);
        yield return new Figure("two cores", "articles/s on two cores, by the clock", two);
        yield return new Figure("two cores", "two cores, times one", two / one, 1.8);
    }

    private static double Measure(IAnnotator annotator, BenchTexts texts, TimeSpan duration, int threads)
    {
        var counts = new int[threads];
        var start = TimeProvider.System.GetTimestamp();
        var workers = Enumerable.Range(0, threads).Select(thread => new Thread(() => counts[thread] = new AnnotationLoad(annotator).RunFor(duration, texts.Pieces))).ToArray();
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return counts.Sum() / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
