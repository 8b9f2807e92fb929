using Moderation.Annotation.Results;

namespace Moderation.Worker.Benchmarks;

/// <summary>One core: megabytes, articles and words a second, and what is allocated, after warm-up.</summary>
internal static class SpeedBench
{
    public const string Group = "annotate and write, one core";

    /// <summary>Rounds over all texts before and while measuring; the best round counts, for the machine may be busy with other things.</summary>
    public static (IReadOnlyList<Figure> Figures, double MegabytesPerSecond, double ArticlesPerSecond) Run(IAnnotator annotator, BenchTexts texts, int rounds)
    {
        var load = new AnnotationLoad(annotator);
        foreach (var article in texts.Pieces)
            load.Run(article);
        load.RunFor(TimeSpan.FromSeconds(2), texts.Pieces);

        var best = TimeSpan.MaxValue;
        long allocated = 0, written = 0;
        for (var round = 0; round < rounds; round++)
        {
            written = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadTime.Now;
            foreach (var article in texts.Pieces)
                written += load.Run(article);
            var took = ThreadTime.Now - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (took < best)
                best = took;
        }

        var words = texts.Pieces.Sum(article => (long)annotator.Annotate(article).Summary.Words);
        var articles = texts.Pieces.Count / best.TotalSeconds;
        var speed = texts.Bytes / 1e6 / best.TotalSeconds;
        Figure[] figures =
        [
            new(Group, "MB/s of UTF-8 text", speed, 5),
            new(Group, $"articles/s, of {texts.Bytes / texts.Pieces.Count:N0} bytes", articles),
            new(Group, "words/s", words / best.TotalSeconds),
            new(Group, "bytes of a result", (double)written / texts.Pieces.Count),
            new(Group, "bytes allocated an article, times its result's", (double)allocated / written, 3, AtLeast: false),
        ];
        return (figures, speed, articles);
    }
}
