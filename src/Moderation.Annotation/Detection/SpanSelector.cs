using Moderation.Annotation.Results;

namespace Moderation.Annotation.Detection;

/// <summary>Chooses the flags from the candidates: sure enough, one voice, no two of a layer over the same words, no statement that only repeats a phrase.</summary>
internal static class SpanSelector
{
    /// <summary>Share of common words from which on two spans are the same stretch, and the surer one stands.</summary>
    private const double SameStretch = 0.6;

    /// <summary>Score from which on wording stands without a lexicon entry: three in four.</summary>
    private const double SureWithoutEntry = 1.1;

    public static List<SpanCandidate> Select(Analysis analysis, List<SpanCandidate> candidates, double threshold)
    {
        var ownership = new Ownership(analysis.Document, analysis.Discourse, analysis.Voices);
        var likely = SpanIndex.Of(candidates.Where(c => c.Probability >= threshold));
        var standing = new SpanIndex();
        var chosen = new List<SpanCandidate>();
        foreach (var candidate in candidates.Where(c => c.Probability >= threshold).OrderByDescending(c => c.Probability).ThenBy(c => c.FirstToken).ThenBy(c => c.EndToken))
        {
            if (IsReported(candidate) || IsUnheardOf(analysis, candidate) || IsWeakInside(candidate, likely) || standing.AnyOver(candidate, other => Clash(candidate, other)))
                continue;
            chosen.Add(candidate);
            standing.Add(candidate);
        }

        chosen.Sort((a, b) => a.FirstToken != b.FirstToken ? a.FirstToken.CompareTo(b.FirstToken) : b.EndToken.CompareTo(a.EndToken));
        GiveNestedLabels(chosen, standing);
        return chosen;

        // Where most of the words are somebody else's, the fault, if any, is the speaker's.
        bool IsReported(SpanCandidate candidate) => ownership.IsOthers(candidate.FirstToken, candidate.EndToken);
    }

    /// <summary>Words flagged inside a statement carry a fault of their own, so not the statement's: inside a judgement that is the charged wording.</summary>
    private static void GiveNestedLabels(List<SpanCandidate> chosen, SpanIndex standing)
    {
        foreach (var inner in chosen.Where(c => c.Layer == SpanLayer.Wording))
        {
            if (standing.AnyOver(inner, outer => outer.Layer == SpanLayer.Statement && outer.Label == inner.Label))
                inner.Label = Stages.BestLabel(inner.LabelScores, label => label.Family() == Family.LoadedLanguage);
        }
    }

    /// <summary>
    /// Whether it is wording that no word list has and that the tagger is not all but sure of: what it learns of single words hardly carries over
    /// to other writers.
    /// </summary>
    private static bool IsUnheardOf(Analysis analysis, SpanCandidate candidate)
    {
        if (candidate.Layer != SpanLayer.Wording || candidate.Logit >= SureWithoutEntry)
            return false;
        for (var i = candidate.FirstToken; i < candidate.EndToken; i++)
        {
            if (analysis.Lexical[i].Strength > 0)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether it is a word inside a flagged statement that would not stand by itself: there, almost any word shares the statement's fault, so it
    /// must be likelier than not to carry one of its own.
    /// </summary>
    private static bool IsWeakInside(SpanCandidate candidate, SpanIndex likely) =>
        candidate.Layer == SpanLayer.Wording && candidate.Logit < 0
        && likely.AnyOver(candidate, outer => outer.Layer == SpanLayer.Statement);

    private static bool Clash(SpanCandidate a, SpanCandidate b)
    {
        var shared = Math.Min(a.EndToken, b.EndToken) - Math.Max(a.FirstToken, b.FirstToken);
        if (shared <= 0)
            return false;
        if (a.Layer == b.Layer && !a.IsRule && !b.IsRule)
            return true;
        var union = Math.Max(a.EndToken, b.EndToken) - Math.Min(a.FirstToken, b.FirstToken);
        return shared >= SameStretch * union;
    }
}
