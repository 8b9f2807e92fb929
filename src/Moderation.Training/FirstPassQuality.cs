using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;

namespace Moderation.Training;

/// <summary>How well a first pass by itself tells sentences with a fault from those without.</summary>
public static class FirstPassQuality
{
    /// <summary>
    /// The area under the ROC curve over the sentences of one part of the split, 0.5 (by chance) to 1, the mean of the three families: how often
    /// a sentence with a fault of the family gets a higher score than one without.
    /// </summary>
    public static double AreaUnderCurve(TrainingData data, Part part, ISentenceScorer firstPass)
    {
        var articles = data.Articles.Where(article => article.Part == part).ToList();
        var judged = articles
            .SelectMany(article => firstPass.Read(article.Analysis).Select(reading => (reading.Logits, Targets: article.TargetsOf(reading.Index))))
            .ToList();
        return Enum.GetValues<Family>().Average(family => AreaUnderCurve([.. judged.Select(j => (j.Logits[(int)family], j.Targets[(int)family] >= 0.5f))]));
    }

    /// <summary>By ranks (Mann and Whitney, 1947); equal scores share their mean rank. NaN where all are positive, or none is.</summary>
    public static double AreaUnderCurve(IReadOnlyList<(double Score, bool IsPositive)> judged)
    {
        var sorted = judged.OrderBy(j => j.Score).ToList();
        double ranks = 0;
        var positives = 0;
        for (var first = 0; first < sorted.Count;)
        {
            var end = first;
            while (end < sorted.Count && sorted[end].Score.Equals(sorted[first].Score))
                end++;
            var mine = sorted.Skip(first).Take(end - first).Count(j => j.IsPositive);
            ranks += mine * (first + end + 1) / 2.0;
            positives += mine;
            first = end;
        }

        return (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * (sorted.Count - positives));
    }
}
