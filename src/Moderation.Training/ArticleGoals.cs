using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;

namespace Moderation.Training;

/// <summary>What the article scores are to predict, from an annotator's flags: loaded language, unsourced claims, editorializing, opinion, overall.</summary>
internal static class ArticleGoals
{
    public const int Count = 5;

    /// <summary>
    /// Number of slanted sentences from which on an article counts as slanted as a whole: a straight report with a few slips stays under it,
    /// however short it is.
    /// </summary>
    public const double SlantedSentences = 10;

    /// <summary>Share of sentences with such flags from which on an article carries a fault of that family as a whole.</summary>
    public const double FamilyShare = 0.2;

    /// <summary>Of a text of a sentence or two. Its opinion counts slanted wording half: a text so short that uses it takes sides.</summary>
    public static float[] OfSentence(PreparedArticle article, int sentence)
    {
        var targets = article.TargetsOf(sentence);
        var opinion = (2 * targets[(int)SentenceTarget.Opinion] + targets[(int)SentenceTarget.Slant]) / 3;
        return [targets[0], targets[1], targets[2], opinion, targets[(int)SentenceTarget.Slant]];
    }

    /// <summary>Of a text of more sentences. Of a part of an article nothing is said overall (not a number): how much slant there is in the whole decides that.</summary>
    public static float[] OfArticle(PreparedArticle article)
    {
        var n = Math.Max(1, article.Readings.Count);
        var sums = new float[SentenceReading.Targets];
        foreach (var reading in article.Readings)
        {
            var targets = article.TargetsOf(reading.Index);
            for (var t = 0; t < sums.Length; t++)
                sums[t] += targets[t];
        }

        bool Often(int target) => sums[target] / n >= FamilyShare;
        var overall = article.IsPart ? float.NaN : SlantedSentencesOf(article) >= SlantedSentences ? 1 : 0;
        return [Often(0) ? 1 : 0, Often(1) ? 1 : 0, Often(2) ? 1 : 0, Often(3) ? 1 : 0, overall];
    }

    /// <summary>Sentences with loaded language or editorializing, praise left out: a review that gushes is not partisan.</summary>
    private static int SlantedSentencesOf(PreparedArticle article) => article.Readings.Count(reading =>
    {
        var sentence = article.Analysis.Document.Sentences[reading.Index];
        return article.Gold.Any(g => g.First < sentence.EndToken && sentence.FirstToken < g.End && g.Label != Label.Puffery && g.Label.Family() != Family.UnsourcedClaim);
    });
}
