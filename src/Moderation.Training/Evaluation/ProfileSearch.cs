using Moderation.Annotation;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>
/// Finds the threshold that reaches a goal. Each threshold tried is measured by annotating with it, for it moves other cut-offs too; as fewer flags
/// are given the higher it is, halving the range finds it in eight tries.
/// </summary>
public static class ProfileSearch
{
    /// <summary>Precision that the tier "confirm" is set to reach.</summary>
    public const double ConfirmPrecision = 0.85;

    /// <summary>Fewest flags that a precision is believed of.</summary>
    public const int MinFlags = 20;

    /// <summary>Steps of a threshold in a probability of 1, and the lowest and highest that are tried: 0.05 and 0.99.</summary>
    private const int Steps = 200, Lowest = 10, Highest = 198;

    /// <summary>The lowest threshold with which no more flags than so many are given.</summary>
    /// <param name="flags">At most so many an article, on average.</param>
    /// <returns>Null where there are more even at the highest threshold.</returns>
    public static Profile? ForBudget(Annotator annotator, IReadOnlyList<Article> articles, string name, double flags, CancellationToken cancellation = default)
    {
        var usual = annotator.Profiles.FirstOrDefault(profile => profile.Name == Profile.Default)?.Confirm ?? 0;
        return LowestFor(threshold => FlagsOf(annotator, threshold, articles, cancellation).Sum(found => found) <= flags * articles.Count) is { } suggest
            ? new Profile(name, suggest, Math.Max(suggest, usual))
            : null;
    }

    /// <summary>The lowest threshold whose flags are right so often.</summary>
    /// <returns>Null where no threshold reaches it with at least <see cref="MinFlags"/> flags.</returns>
    public static Profile? ForPrecision(Annotator annotator, IReadOnlyList<LabelledArticle> articles, string name, double precision, CancellationToken cancellation = default)
    {
        // Too few flags prove nothing: at a high threshold they are taken for right, so that a lower one is tried, and looked at again in the end.
        var found = LowestFor(threshold => Measure(annotator, threshold, articles, cancellation) is { Flags: >= MinFlags } all ? all.Precision >= precision : threshold > 0.5);
        return found is { } suggest && Measure(annotator, suggest, articles, cancellation) is { Flags: >= MinFlags } reached && reached.Precision >= precision
            ? WithConfirm(annotator, articles, name, suggest, cancellation)
            : null;
    }

    /// <summary>The highest threshold whose flags find so many of the faults.</summary>
    /// <returns>Null where not even the lowest threshold does.</returns>
    public static Profile? ForRecall(Annotator annotator, IReadOnlyList<LabelledArticle> articles, string name, double recall, CancellationToken cancellation = default)
    {
        var tooHigh = LowestFor(threshold => Measure(annotator, threshold, articles, cancellation).Recall < recall) ?? (double)(Highest + 1) / Steps;
        var highest = Math.Round(tooHigh * Steps) - 1;
        return highest < Lowest ? null : WithConfirm(annotator, articles, name, highest / Steps, cancellation);
    }

    /// <summary>The lowest confidence from which on flags are right with <see cref="ConfirmPrecision"/>.</summary>
    public static double ConfirmFor(IEnumerable<(double Confidence, bool Right)> flags)
    {
        var right = 0;
        var best = 0.95;
        foreach (var (i, flag) in flags.OrderByDescending(flag => flag.Confidence).Index())
        {
            right += flag.Right ? 1 : 0;
            if (i >= MinFlags && right >= ConfirmPrecision * (i + 1))
                best = flag.Confidence;
        }

        return Math.Round(best, 3);
    }

    /// <summary>The flags that an article gets, of those given: how many on average, and how much that varies from article to article.</summary>
    public static (double Mean, double Variance) Spread(Annotator annotator, IReadOnlyList<Article> articles, Profile profile, CancellationToken cancellation = default)
    {
        var flags = FlagsOf(annotator, profile.Suggest, articles, cancellation);
        var mean = flags.Average();
        return (mean, flags.Average(count => (count - mean) * (count - mean)));
    }

    private static Profile WithConfirm(Annotator annotator, IReadOnlyList<LabelledArticle> articles, string name, double suggest, CancellationToken cancellation)
    {
        var flags = Run(annotator, suggest, articles, cancellation).Results.SelectMany(result => result.Result.Annotations.Select(flag => (flag.Confidence, FlagMeasure.IsRight(result.Article, flag))));
        return new Profile(name, suggest, Math.Max(suggest, ConfirmFor(flags)));
    }

    private static FlagMeasure Measure(Annotator annotator, double threshold, IReadOnlyList<LabelledArticle> articles, CancellationToken cancellation) =>
        Run(annotator, threshold, articles, cancellation).All;

    private static EvaluationRun Run(Annotator annotator, double threshold, IReadOnlyList<LabelledArticle> articles, CancellationToken cancellation) =>
        EvaluationRun.Of(annotator.With(new Profile("tried", threshold, 1)), articles, cancellation);

    private static List<int> FlagsOf(Annotator annotator, double threshold, IReadOnlyList<Article> articles, CancellationToken cancellation)
    {
        var tried = annotator.With(new Profile("tried", threshold, 1));
        return [.. articles.AsParallel().AsOrdered().WithCancellation(cancellation).Select(article => tried.Annotate(article, Detail.Flags, cancellation).Annotations.Count)];
    }

    /// <summary>The lowest threshold that the condition holds for, of a condition that holds from some threshold on.</summary>
    private static double? LowestFor(Func<double, bool> holds)
    {
        if (!holds((double)Highest / Steps))
            return null;
        int low = Lowest, high = Highest;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds((double)middle / Steps))
                high = middle;
            else
                low = middle + 1;
        }

        return (double)low / Steps;
    }
}
