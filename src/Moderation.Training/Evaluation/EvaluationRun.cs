using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>An article as people labelled it, and what the annotator made of its text.</summary>
public sealed record EvaluatedArticle(LabelledArticle Article, AnnotatedArticle Result);

/// <summary>The flags whose confidence lies in one tenth, and how often they are right.</summary>
public sealed record ReliabilityRow(double From, double To, int Flags, double MeanConfidence, double ShareRight)
{
    /// <summary>Wilson's 95% interval of the share that is right.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            const double Z = 1.96;
            var centre = ShareRight + Z * Z / (2 * Flags);
            var spread = Z * Math.Sqrt(ShareRight * (1 - ShareRight) / Flags + Z * Z / (4.0 * Flags * Flags));
            var scale = 1 + Z * Z / Flags;
            return ((centre - spread) / scale, (centre + spread) / scale);
        }
    }
}

/// <summary>One label's figures.</summary>
/// <param name="Gold">Faults of this label.</param>
/// <param name="Found">Those of them under a flag of any label.</param>
/// <param name="SameLabel">Those of them under a flag of this label.</param>
/// <param name="Flags">Flags of this label.</param>
/// <param name="Right">Those of them over a fault of any label.</param>
/// <param name="RightLabel">Those of them over a fault of this label.</param>
public sealed record LabelRow(Label Label, int Gold, int Found, int SameLabel, int Flags, int Right, int RightLabel)
{
    public double Recall => (double)Found / Math.Max(1, Gold);

    public double SameLabelShare => (double)SameLabel / Math.Max(1, Gold);

    public double Precision => (double)Right / Math.Max(1, Flags);

    public double LabelPrecision => (double)RightLabel / Math.Max(1, Flags);
}

/// <summary>An annotator measured on labelled articles.</summary>
/// <param name="Engine">What was measured.</param>
/// <param name="Results">The articles, in the order in which they came.</param>
/// <param name="Reliability">By tenth of confidence, those without flags left out.</param>
public sealed record EvaluationRun(
    EngineDescription Engine, FlagMeasure All, IReadOnlyList<LabelRow> ByLabel, IReadOnlyList<ReliabilityRow> Reliability, IReadOnlyList<EvaluatedArticle> Results)
{
    public int Articles => Results.Count;

    public static EvaluationRun Of(IAnnotator annotator, IReadOnlyList<LabelledArticle> articles, CancellationToken cancellation = default)
    {
        // The annotators' zone marks are not handed over: a measured article comes as plain text, like any other.
        var results = articles.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(article => new EvaluatedArticle(article, annotator.Annotate(article.Article with { Hints = [] }, Detail.Sentences, cancellation)))
            .ToList();
        var counts = new FlagCounts();
        foreach (var result in results)
            counts.Add(FlagCounts.Of(result));
        return new EvaluationRun(annotator.Engine, counts.Measure(), [.. Labels.All.Select(label => RowOf(label, results))], counts.Reliability(), results);
    }

    private static LabelRow RowOf(Label label, List<EvaluatedArticle> results)
    {
        int gold = 0, found = 0, same = 0, flags = 0, right = 0, rightLabel = 0;
        foreach (var (article, result) in results)
        {
            foreach (var fault in article.Spans.Where(span => span.Label == label))
            {
                gold++;
                var over = result.Annotations.Where(flag => flag.Span.Overlaps(fault.Span)).ToList();
                found += over.Count > 0 ? 1 : 0;
                same += over.Any(flag => flag.Label == label) ? 1 : 0;
            }

            foreach (var flag in result.Annotations.Where(flag => flag.Label == label))
            {
                flags++;
                right += FlagMeasure.IsRight(article, flag) ? 1 : 0;
                rightLabel += article.Spans.Any(fault => fault.Label == label && fault.Span.Overlaps(flag.Span)) ? 1 : 0;
            }
        }

        return new LabelRow(label, gold, found, same, flags, right, rightLabel);
    }
}
