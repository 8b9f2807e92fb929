using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>How well flags meet an annotator's: a flag is right if it overlaps one, a fault is found if a flag overlaps it.</summary>
public sealed record FlagMeasure(int Flags, int RightFlags, int Gold, int Found, int SameFamily, int SameLabel, double CalibrationError)
{
    public double Precision => (double)RightFlags / Math.Max(1, Flags);

    public double Recall => (double)Found / Math.Max(1, Gold);

    public double SameFamilyShare => (double)SameFamily / Math.Max(1, Gold);

    public double SameLabelShare => (double)SameLabel / Math.Max(1, Gold);

    public static bool IsRight(LabelledArticle article, Moderation.Annotation.Results.Annotation flag) => article.Spans.Any(gold => gold.Span.Overlaps(flag.Span));

    public static FlagMeasure Of(IReadOnlyList<(LabelledArticle Article, AnnotatedArticle Result)> pairs)
    {
        int flags = 0, right = 0, gold = 0, found = 0, family = 0, label = 0;
        var judged = new List<(double Confidence, bool Right)>();
        foreach (var (article, result) in pairs)
        {
            foreach (var flag in result.Annotations)
            {
                var isRight = IsRight(article, flag);
                judged.Add((flag.Confidence, isRight));
                flags++;
                right += isRight ? 1 : 0;
            }

            foreach (var fault in article.Spans)
            {
                gold++;
                var over = result.Annotations.Where(a => a.Span.Overlaps(fault.Span)).ToList();
                found += over.Count > 0 ? 1 : 0;
                family += over.Any(a => a.Label.Family() == fault.Label.Family()) ? 1 : 0;
                label += over.Any(a => a.Label == fault.Label) ? 1 : 0;
            }
        }

        return new FlagMeasure(flags, right, gold, found, family, label, CalibrationErrorOf(judged));
    }

    /// <summary>Expected calibration error over ten bins of equal width (Naeini et al., AAAI 2015).</summary>
    public static double CalibrationErrorOf(IReadOnlyList<(double Confidence, bool Right)> judged) => judged.Count == 0 ? 0 : judged
        .GroupBy(j => Math.Min(9, (int)(j.Confidence * 10)))
        .Sum(bin => Math.Abs(bin.Average(j => j.Confidence) - bin.Average(j => j.Right ? 1.0 : 0)) * bin.Count() / judged.Count);
}
