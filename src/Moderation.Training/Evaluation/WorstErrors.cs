using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>A flag on words that carry no fault.</summary>
public sealed record FalseFlag(EvaluatedArticle In, Moderation.Annotation.Results.Annotation Flag);

/// <summary>A fault that no flag touches.</summary>
/// <param name="Score">How likely its sentence carries a fault of that family, as the model has it, 0..1.</param>
public sealed record MissedFault(EvaluatedArticle In, GoldSpan Fault, double Score);

/// <summary>A fault that was flagged, but under none of its labels.</summary>
/// <param name="Flag">The surest flag over it.</param>
public sealed record WrongLabel(EvaluatedArticle In, GoldSpan Fault, Moderation.Annotation.Results.Annotation Flag);

/// <summary>How often faults of one label were flagged under another instead.</summary>
public sealed record Confusion(Label Gold, Label Flagged, int Count);

/// <summary>All errors of a run, the worst first: what the model was surest of.</summary>
/// <param name="FalseFlags">By falling confidence.</param>
/// <param name="Missed">By rising score: those that the model held the least likely.</param>
/// <param name="WrongLabels">By falling confidence.</param>
/// <param name="Confusions">The most frequent first.</param>
public sealed record WorstErrors(IReadOnlyList<FalseFlag> FalseFlags, IReadOnlyList<MissedFault> Missed, IReadOnlyList<WrongLabel> WrongLabels, IReadOnlyList<Confusion> Confusions)
{
    public static WorstErrors Of(EvaluationRun run)
    {
        var falseFlags = run.Results
            .SelectMany(result => result.Result.Annotations.Where(flag => !FlagMeasure.IsRight(result.Article, flag)).Select(flag => new FalseFlag(result, flag)))
            .OrderByDescending(error => error.Flag.Confidence)
            .ToList();
        List<MissedFault> missed = [];
        List<WrongLabel> wrong = [];
        foreach (var result in run.Results)
        {
            foreach (var fault in result.Article.Spans)
            {
                var over = result.Result.Annotations.Where(flag => flag.Span.Overlaps(fault.Span)).ToList();
                if (over.Count == 0)
                    missed.Add(new MissedFault(result, fault, ScoreOf(result.Result, fault)));
                else if (over.TrueForAll(flag => flag.Label != fault.Label) && over.Where(flag => !IsLabelledRight(result.Article, flag)).MaxBy(flag => flag.Confidence) is { } surest)
                    wrong.Add(new WrongLabel(result, fault, surest));
            }
        }

        // LINQ's sorts are stable: of equals, the first in the articles' order.
        return new WorstErrors(
            falseFlags,
            [.. missed.OrderBy(error => error.Score)],
            [.. wrong.OrderByDescending(error => error.Flag.Confidence)],
            [.. wrong.CountBy(error => (error.Fault.Label, Flagged: error.Flag.Label)).Select(pair => new Confusion(pair.Key.Label, pair.Key.Flagged, pair.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Gold).ThenBy(c => c.Flagged)]);
    }

    /// <summary>Whether the flag bears the label of another fault that it touches, and so has its right to stand there.</summary>
    private static bool IsLabelledRight(LabelledArticle article, Moderation.Annotation.Results.Annotation flag) =>
        article.Spans.Any(fault => fault.Label == flag.Label && fault.Span.Overlaps(flag.Span));

    private static double ScoreOf(AnnotatedArticle result, GoldSpan fault) => (result.Sentences ?? [])
        .Where(sentence => sentence.Span.Overlaps(fault.Span))
        .Select(sentence => fault.Label.Family() switch
        {
            Family.LoadedLanguage => sentence.LoadedLanguage,
            Family.UnsourcedClaim => sentence.UnsourcedClaim,
            _ => sentence.Editorializing,
        })
        .DefaultIfEmpty(0)
        .Max();
}
