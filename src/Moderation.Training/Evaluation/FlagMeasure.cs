using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>How well flags meet an annotator's: a flag is right if it overlaps one, a fault is found if a flag overlaps it.</summary>
/// <param name="CalibrationError">Expected calibration error over ten bins of equal width (Naeini et al., AAAI 2015), 0..1.</param>
public sealed record FlagMeasure(int Flags, int RightFlags, int Gold, int Found, int SameFamily, int SameLabel, double CalibrationError)
{
    public double Precision => (double)RightFlags / Math.Max(1, Flags);

    public double Recall => (double)Found / Math.Max(1, Gold);

    /// <summary>Harmonic mean of precision and recall, 0..1.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public double SameFamilyShare => (double)SameFamily / Math.Max(1, Gold);

    public double SameLabelShare => (double)SameLabel / Math.Max(1, Gold);

    public static bool IsRight(LabelledArticle article, Moderation.Annotation.Results.Annotation flag) => article.Spans.Any(gold => gold.Span.Overlaps(flag.Span));

    public static FlagMeasure Of(IEnumerable<EvaluatedArticle> articles)
    {
        var sum = new FlagCounts();
        foreach (var article in articles)
            sum.Add(FlagCounts.Of(article));
        return sum.Measure();
    }
}
