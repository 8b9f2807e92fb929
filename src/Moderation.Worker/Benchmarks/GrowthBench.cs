using Moderation.Annotation.Results;

namespace Moderation.Worker.Benchmarks;

/// <summary>How time grows with the length of a text: twice the text must not cost more than twice the time by much.</summary>
internal static class GrowthBench
{
    private const string Group = "growth with a text's length";

    private static readonly (int Length, string Name)[] Lengths = [(1_000, "1 KB"), (10_000, "10 KB"), (100_000, "100 KB"), (1_000_000, "1 MB"), (10_000_000, "10 MB")];

    public static IEnumerable<Figure> Run(IAnnotator annotator, BenchTexts texts)
    {
        var load = new AnnotationLoad(annotator);
        var times = new double[Lengths.Length];
        for (var i = 0; i < Lengths.Length; i++)
        {
            var article = texts.OfLength(Lengths[i].Length);
            // Short texts often enough that a run takes a while; the best of three runs counts.
            var repeats = Math.Max(1, 300_000 / Lengths[i].Length);
            times[i] = double.MaxValue;
            for (var run = 0; run < 3; run++)
            {
                var start = ThreadTime.Now;
                for (var repeat = 0; repeat < repeats; repeat++)
                    load.Run(article);
                times[i] = Math.Min(times[i], (ThreadTime.Now - start).TotalMilliseconds / repeats);
            }

            yield return new Figure(Group, $"milliseconds for {Lengths[i].Name}", times[i]);
        }

        yield return new Figure(Group, "10 MB, times 1 MB", times[^1] / times[^2], 11, AtLeast: false);
    }
}
