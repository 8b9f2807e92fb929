using Moderation.Annotation.Results;

namespace Moderation.Worker.Benchmarks;

/// <summary>The process's resident memory while it annotates many articles: how much at most, and whether it grows.</summary>
internal static class MemoryBench
{
    private const string Group = "memory";
    private const int Samples = 20;

    public static IEnumerable<Figure> Run(IAnnotator annotator, BenchTexts texts, int articles)
    {
        var load = new AnnotationLoad(annotator);
        var samples = new double[Samples];
        for (var i = 0; i < articles; i++)
        {
            // Every article is a new string, as one that arrives is.
            var piece = texts.Pieces[i % texts.Pieces.Count];
            load.Run(piece with { Id = $"memory-{i}", Text = new string(piece.Text.AsSpan()) });
            if ((i + 1) * Samples / articles is var sample and > 0 && samples[sample - 1] == 0)
                samples[sample - 1] = Environment.WorkingSet / 1e6;
        }

        yield return new Figure(Group, $"MB at most, over {articles:N0} articles", samples.Max(), 300, AtLeast: false);
        yield return new Figure(Group, "MB in the second quarter, on average", samples[(Samples / 4)..(Samples / 2)].Average());
        yield return new Figure(Group, "last quarter, times the second", samples[^(Samples / 4)..].Average() / samples[(Samples / 4)..(Samples / 2)].Average(), 1.1, AtLeast: false);
    }
}
