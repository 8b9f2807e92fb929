using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>A figure of two engines on the same articles.</summary>
/// <param name="Low">Lower end of the 95% interval of the difference, this engine's minus the other's.</param>
/// <param name="High">Its upper end.</param>
public sealed record ComparedFigure(string Name, double Mine, double Others, double Low, double High)
{
    public double Difference => Mine - Others;

    /// <summary>Whether the interval leaves no difference out of the question.</summary>
    public bool IsSignificant => Low > 0 || High < 0;
}

/// <summary>A fault that a flag touches.</summary>
/// <param name="Flag">The surest of those over it.</param>
public sealed record FoundFault(EvaluatedArticle In, GoldSpan Fault, Moderation.Annotation.Results.Annotation Flag);

/// <summary>
/// Two engines on the same articles. The intervals are percentiles of a paired bootstrap over articles (Efron and Tibshirani, 1993): articles are
/// drawn with replacement, both engines measured on each drawing. The drawings are always the same, so that the figures are.
/// </summary>
/// <param name="FoundByMine">Faults that only this engine's flags touch.</param>
/// <param name="FoundByOther">Faults that only the other's flags touch.</param>
/// <param name="FalseOfMine">False flags of this engine that none of the other's overlaps.</param>
/// <param name="FalseOfOther">False flags of the other that none of this engine's overlaps.</param>
public sealed record ModelComparison(
    EvaluationRun Mine, EvaluationRun Other, IReadOnlyList<ComparedFigure> Figures,
    IReadOnlyList<FoundFault> FoundByMine, IReadOnlyList<FoundFault> FoundByOther, IReadOnlyList<FalseFlag> FalseOfMine, IReadOnlyList<FalseFlag> FalseOfOther)
{
    /// <summary>How often articles are drawn.</summary>
    public const int Drawings = 2000;

    private static readonly (string Name, Func<FlagMeasure, double> Of)[] Compared =
    [
        ("precision", measure => measure.Precision),
        ("recall", measure => measure.Recall),
        ("F1", measure => measure.F1),
        ("same family", measure => measure.SameFamilyShare),
        ("same label", measure => measure.SameLabelShare),
        ("calibration error", measure => measure.CalibrationError),
    ];

    /// <exception cref="ArgumentException">The two were not measured on the same articles.</exception>
    public static ModelComparison Of(EvaluationRun mine, EvaluationRun other)
    {
        if (!mine.Results.Select(result => result.Article).SequenceEqual(other.Results.Select(result => result.Article)))
            throw new ArgumentException("The two engines were measured on different articles.", nameof(other));
        return new ModelComparison(
            mine, other, FiguresOf(mine, other),
            FoundOnly(mine, other), FoundOnly(other, mine), Extra(mine, other), Extra(other, mine));
    }

    private static ComparedFigure[] FiguresOf(EvaluationRun mine, EvaluationRun other)
    {
        var myCounts = mine.Results.Select(FlagCounts.Of).ToArray();
        var otherCounts = other.Results.Select(FlagCounts.Of).ToArray();
        var differences = Array.ConvertAll(Compared, _ => new double[Drawings]);
        // Any seed would do; this one stays.
        ulong state = 20240229;
        for (var drawing = 0; drawing < Drawings; drawing++)
        {
            FlagCounts mySum = new(), otherSum = new();
            for (var i = 0; i < myCounts.Length; i++)
            {
                var drawn = (int)(NormalForm.Mix(state++) % (ulong)myCounts.Length);
                mySum.Add(myCounts[drawn]);
                otherSum.Add(otherCounts[drawn]);
            }

            var (a, b) = (mySum.Measure(), otherSum.Measure());
            for (var figure = 0; figure < Compared.Length; figure++)
                differences[figure][drawing] = Compared[figure].Of(a) - Compared[figure].Of(b);
        }

        return [.. Compared.Select((figure, i) =>
        {
            Array.Sort(differences[i]);
            return new ComparedFigure(figure.Name, figure.Of(mine.All), figure.Of(other.All), differences[i][Drawings / 40], differences[i][Drawings - 1 - Drawings / 40]);
        })];
    }

    /// <summary>What the run finds and the other misses, the surest first.</summary>
    private static List<FoundFault> FoundOnly(EvaluationRun run, EvaluationRun other) =>
    [
        .. run.Results.Zip(other.Results).SelectMany(pair => pair.First.Article.Spans
                .Where(fault => pair.Second.Result.Annotations.All(flag => !flag.Span.Overlaps(fault.Span)))
                .Select(fault => (Fault: fault, Flag: pair.First.Result.Annotations.Where(flag => flag.Span.Overlaps(fault.Span)).MaxBy(flag => flag.Confidence)))
                .Where(found => found.Flag is not null)
                .Select(found => new FoundFault(pair.First, found.Fault, found.Flag!)))
            .OrderByDescending(found => found.Flag.Confidence),
    ];

    private static List<FalseFlag> Extra(EvaluationRun run, EvaluationRun other) =>
    [
        .. run.Results.Zip(other.Results).SelectMany(pair => pair.First.Result.Annotations
                .Where(flag => !FlagMeasure.IsRight(pair.First.Article, flag) && pair.Second.Result.Annotations.All(theirs => !theirs.Span.Overlaps(flag.Span)))
                .Select(flag => new FalseFlag(pair.First, flag)))
            .OrderByDescending(error => error.Flag.Confidence),
    ];
}
