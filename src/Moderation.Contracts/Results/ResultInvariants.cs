using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Results;

/// <summary>What every result promises its consumers, checked before a byte of it is sent.</summary>
internal static class ResultInvariants
{
    /// <exception cref="ResultInvariantException">The first promise that is broken.</exception>
    public static void Check(AnnotatedArticle result, CodePoints codePoints)
    {
        var text = result.Article.Text;
        var spans = new SpanCheck(text.Length, codePoints);
        CheckAnnotations(result, spans);

        foreach (var zone in result.Zones)
        {
            spans.Check("zone", zone.Span);
            spans.Check("zone speaker", zone.Speaker);
            spans.Check("zone cue", zone.Cue);
        }

        foreach (var relation in result.Attributions)
        {
            spans.Check("attribution source", relation.Source);
            spans.Check("attribution cue", relation.Cue);
            for (var c = 0; c < relation.Content.Count; c++)
                spans.Check("attribution content", relation.Content[c]);
        }

        foreach (var sentence in result.Sentences ?? [])
        {
            spans.Check("sentence", sentence.Span);
            Probability("sentence scores", sentence.LoadedLanguage);
            Probability("sentence scores", sentence.UnsourcedClaim);
            Probability("sentence scores", sentence.Editorializing);
            Probability("sentence attributed", sentence.Attributed);
            Probability("sentence claim", sentence.Claim);
            Probability("sentence opinion", sentence.Opinion);
        }

        foreach (var skipped in result.Coverage.Skipped)
            spans.Check("skipped stretch", skipped.Span);
        CheckSummary(result);
    }

    private static void CheckAnnotations(AnnotatedArticle result, SpanCheck spans)
    {
        var ids = new HashSet<string>(result.Annotations.Count, StringComparer.Ordinal);
        var previous = new TextSpan(0, int.MaxValue);
        foreach (var annotation in result.Annotations)
        {
            spans.Check("annotation", annotation.Span);
            if (annotation.Span < previous)
                ResultInvariantException.Throw("annotations-in-order", $"an annotation at {annotation.Span.Start} follows one at {previous.Start}.");
            previous = annotation.Span;
            if (string.IsNullOrEmpty(annotation.Id))
                ResultInvariantException.Throw("id-present", $"the annotation at {annotation.Span.Start} has no id.");
            if (!ids.Add(annotation.Id))
                ResultInvariantException.Throw("id-unique", $"two annotations have the id {annotation.Id}.");
            if (string.IsNullOrWhiteSpace(annotation.Reason))
                ResultInvariantException.Throw("reason-present", $"the annotation {annotation.Id} gives no reason.");
            Probability("confidence", annotation.Confidence);
            for (var e = 0; e < annotation.Evidence.Count; e++)
                Finite("evidence contribution", annotation.Evidence[e].Contribution);
        }

        foreach (var flag in result.OwnFlags)
        {
            spans.Check("own scorer's flag", flag.Span);
            if (!ids.Add(flag.Id))
                ResultInvariantException.Throw("id-unique", $"two annotations have the id {flag.Id}.");
            Probability("own scorer's confidence", flag.Confidence);
        }
    }

    private static void CheckSummary(AnnotatedArticle result)
    {
        var summary = result.Summary;
        var flags = result.Annotations.Count + result.OwnFlags.Count;
        if (summary.Flags != flags)
            ResultInvariantException.Throw("flags-counted", $"the summary counts {summary.Flags} flags and there are {flags}.");
        if (summary.ByFamily.Values.Sum() != result.Annotations.Count)
            ResultInvariantException.Throw("families-counted", $"the families' counts add up to {summary.ByFamily.Values.Sum()}, not to {result.Annotations.Count}.");
        if (summary.Words < 0 || !(summary.FlagsPer1000Words >= 0) || double.IsInfinity(summary.FlagsPer1000Words))
            ResultInvariantException.Throw("density-finite", $"{summary.Words} words and {summary.FlagsPer1000Words} flags per 1,000 words.");
        Probability("score loadedLanguage", summary.Scores.LoadedLanguage);
        Probability("score unsourcedClaims", summary.Scores.UnsourcedClaims);
        Probability("score editorializing", summary.Scores.Editorializing);
        Probability("score opinion", summary.Scores.Opinion);
        Probability("score overall", summary.Scores.Overall);
        foreach (var (name, threshold) in result.Engine.Thresholds)
            Finite($"threshold {name}", threshold);
    }

    private static void Probability(string what, double value)
    {
        // Written so that NaN fails too.
        if (!(value is >= 0 and <= 1))
            ResultInvariantException.Throw("probability-in-range", $"{what} is {value}, and should be 0 to 1.");
    }

    private static void Finite(string what, double value)
    {
        if (!double.IsFinite(value))
            ResultInvariantException.Throw("number-finite", $"{what} is {value}.");
    }

    private readonly struct SpanCheck(int length, CodePoints codePoints)
    {
        public void Check(string what, TextSpan? span)
        {
            if (span is { } present)
                Check(what, present);
        }

        public void Check(string what, TextSpan span)
        {
            if (span.Start < 0 || span.End > length)
                ResultInvariantException.Throw("span-in-text", $"a span of {what} is {span.Start} to {span.End} in a text of {length} code units.");
            if (span.IsEmpty)
                ResultInvariantException.Throw("span-not-empty", $"a span of {what} at {span.Start} is empty.");
            if (codePoints.Splits(span.Start) || codePoints.Splits(span.End))
                ResultInvariantException.Throw("span-splits-character", $"a span of {what} at {span.Start} to {span.End} cuts a surrogate pair.");
        }
    }
}
