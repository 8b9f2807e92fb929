using Moderation.Annotation.Results;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>Measures an annotator on labelled articles.</summary>
public sealed record EvaluationRun(FlagMeasure All, IReadOnlyList<EvaluationRun.LabelRow> ByLabel, IReadOnlyList<EvaluationRun.ReliabilityRow> Reliability, int Articles)
{
    /// <summary>One label's figures: of its faults how many were found, under any label and under this one; of its flags how many are right.</summary>
    public sealed record LabelRow(Label Label, int Gold, int Found, int SameLabel, int Flags, int Right)
    {
        public double Recall => (double)Found / Math.Max(1, Gold);

        public double SameLabelShare => (double)SameLabel / Math.Max(1, Gold);

        public double Precision => (double)Right / Math.Max(1, Flags);
    }

    /// <summary>The flags whose confidence lies in one tenth, and how often they are right.</summary>
    public sealed record ReliabilityRow(double From, double To, int Flags, double MeanConfidence, double ShareRight);

    public static EvaluationRun Of(IAnnotator annotator, IReadOnlyList<LabelledArticle> articles, CancellationToken cancellation = default)
    {
        // The annotators' zone marks are not handed over: a measured article comes as plain text, like any other.
        var pairs = articles.AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(article => (Article: article, Result: annotator.Annotate(article.Article with { Hints = [] }, Detail.Flags, cancellation)))
            .ToList();
        return new EvaluationRun(FlagMeasure.Of(pairs), [.. Labels.All.Select(label => RowOf(label, pairs))], ReliabilityOf(pairs), pairs.Count);
    }

    private static LabelRow RowOf(Label label, List<(LabelledArticle Article, AnnotatedArticle Result)> pairs)
    {
        int gold = 0, found = 0, same = 0, flags = 0, right = 0;
        foreach (var (article, result) in pairs)
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
            }
        }

        return new LabelRow(label, gold, found, same, flags, right);
    }

    private static List<ReliabilityRow> ReliabilityOf(List<(LabelledArticle Article, AnnotatedArticle Result)> pairs) =>
    [
        .. pairs.SelectMany(pair => pair.Result.Annotations.Select(flag => (flag.Confidence, Right: FlagMeasure.IsRight(pair.Article, flag))))
            .GroupBy(flag => Math.Min(9, (int)(flag.Confidence * 10)))
            .OrderBy(bin => bin.Key)
            .Select(bin => new ReliabilityRow(bin.Key / 10.0, (bin.Key + 1) / 10.0, bin.Count(), bin.Average(f => f.Confidence), bin.Average(f => f.Right ? 1.0 : 0))),
    ];
}
