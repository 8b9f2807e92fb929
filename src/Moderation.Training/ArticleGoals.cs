using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;

namespace Moderation.Training;

/// <summary>What the article scores are to predict, from an annotator's flags: loaded language, unsourced claims, editorializing, opinion, overall.</summary>
internal static class ArticleGoals
{
    public const int Count = 5;

    /// <summary>Share of flagged words from which on an article counts as slanted as a whole; a straight news report with a few slips stays under it.</summary>
    public const double SlantedShare = 0.15;

    /// <summary>Share of sentences with such flags from which on an article carries a fault of that family as a whole.</summary>
    public const double FamilyShare = 0.2;

    public static float[] OfSentence(PreparedArticle article, int sentence)
    {
        var targets = article.TargetsOf(sentence);
        return [targets[0], targets[1], targets[2], targets[3], targets[4]];
    }

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
        return [Often(0) ? 1 : 0, Often(1) ? 1 : 0, Often(2) ? 1 : 0, Often(3) ? 1 : 0, CoverageOf(article) >= SlantedShare ? 1 : 0];
    }

    /// <summary>Share of the assessed words that lie under a flag of loaded language or editorializing.</summary>
    public static double CoverageOf(PreparedArticle article)
    {
        int flagged = 0, words = 0;
        foreach (var reading in article.Readings)
        {
            var sentence = article.Analysis.Document.Sentences[reading.Index];
            for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            {
                words++;
                if (article.Gold.Any(g => g.First <= i && i < g.End && g.Label.Family() != Family.UnsourcedClaim))
                    flagged++;
            }
        }

        return (double)flagged / Math.Max(1, words);
    }
}
