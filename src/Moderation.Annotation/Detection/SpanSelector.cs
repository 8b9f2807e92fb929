using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;

namespace Moderation.Annotation.Detection;

/// <summary>Chooses the flags from the candidates: sure enough, one voice, no two of a layer over the same words, no statement that only repeats a phrase.</summary>
internal static class SpanSelector
{
    /// <summary>Share of common words from which on two spans are the same stretch, and the surer one stands.</summary>
    private const double SameStretch = 0.6;

    /// <summary>Score (logit) that a statement must reach. Under a threshold lower than the default it stands lower too (<see cref="Reach"/>), as do the next.</summary>
    private const double Statement = -1.1;

    /// <summary>
    /// Logits that a fault of any kind must reach in a statement's sentence: where a text is too short to have a context, and in articles. Of the
    /// statements flagged below them in held-out articles, four in ten were right in single sentences, and two in ten in their context; of those
    /// flagged in plain lines that stood alone, nearly half were below.
    /// </summary>
    private const double FaultInShortText = -0.75, FaultInArticle = -1.2;

    /// <summary>
    /// Scores that wording must reach, by the strength of the strongest lexicon entry over it. What the tagger learns of single words hardly
    /// carries over to other writers, what the lexicon says does: wording in no list must be all but sure, a weak entry likelier than not.
    /// </summary>
    private static readonly double[] Wording = [1.6, 0.2, -0.1, -0.8, -1.7, -2.2, -2.9];

    /// <summary>The flags, by position. They have no labels yet but where a rule gave them one.</summary>
    /// <param name="threshold">The least probability of a flag, 0..1; decides on the gates too.</param>
    public static List<SpanCandidate> Select(Analysis analysis, List<SpanCandidate> candidates, double threshold)
    {
        var reach = Reach(threshold);
        using var ownership = new Ownership(analysis.Document, analysis.Discourse, analysis.Voices);
        var standing = new SpanIndex(analysis.Document.Tokens.Length);
        var chosen = new List<SpanCandidate>();
        var likely = candidates.Where(c => c.Probability >= threshold).OrderByDescending(c => c.Probability).ThenBy(c => c.FirstToken).ThenBy(c => c.EndToken);
        foreach (var candidate in likely)
        {
            if (IsReported(candidate) || IsUnproven(analysis, candidate, reach) || standing.AnyOver(candidate, Clash))
                continue;
            chosen.Add(candidate);
            standing.Add(candidate);
        }

        chosen.Sort((a, b) => a.FirstToken != b.FirstToken ? a.FirstToken.CompareTo(b.FirstToken) : b.EndToken.CompareTo(a.EndToken));
        return chosen;

        // Where most of the words are somebody else's, the fault, if any, is the speaker's.
        bool IsReported(SpanCandidate candidate) => ownership.IsOthers(candidate.FirstToken, candidate.EndToken);
    }

    /// <summary>
    /// Words flagged inside a statement carry a fault of their own, so not the statement's: inside a judgement that is the charged wording. Of a
    /// claim without a source the words that show it are no fault beside it: they are no flag.
    /// </summary>
    public static void SettleNested(Analysis analysis, List<SpanCandidate> chosen)
    {
        var statements = new SpanIndex(analysis.Document.Tokens.Length);
        foreach (var flag in chosen)
        {
            if (flag.Layer == SpanLayer.Statement)
                statements.Add(flag);
        }

        chosen.RemoveAll(inner => IsNested(inner) && inner.Label.Family() == Family.UnsourcedClaim);
        foreach (var inner in chosen.Where(IsNested))
            inner.Label = inner.LoadedLabel;

        bool IsNested(SpanCandidate inner) => inner.Layer == SpanLayer.Wording && statements.AnyOver(inner, static (inner, outer) => outer.Label == inner.Label);
    }

    /// <summary>
    /// How much lower than usual the gates stand, in logits: by as much as the threshold is lower than the default. Were they fixed, a lower threshold
    /// would change next to nothing. They never stand higher: what they let through, the threshold alone sorts better.
    /// </summary>
    private static double Reach(double threshold) => threshold >= Profile.DefaultSuggest ? 0 : Logistic.Logit(Profile.DefaultSuggest) - Logistic.Logit(threshold);

    private static bool IsUnproven(Analysis analysis, SpanCandidate candidate, double reach)
    {
        if (candidate.IsRule)
            return false;
        if (candidate.Layer == SpanLayer.Statement)
            return candidate.Logit < Statement - reach || PlainStatements.IsPlain(analysis, candidate) || candidate.SentenceFault < (candidate.ShortText ? FaultInShortText : FaultInArticle) - reach;
        var strength = 0;
        for (var i = candidate.FirstToken; i < candidate.EndToken; i++)
            strength = Math.Max(strength, analysis.Lexical[i].Strength);
        return candidate.Logit < Wording[strength] - reach;
    }

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
