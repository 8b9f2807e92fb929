using Moderation.Annotation;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training;

/// <summary>Finds each profile's thresholds on the validation articles.</summary>
internal static class ProfileFitter
{
    /// <summary>Precision that the tier "confirm" is set to reach.</summary>
    public const double ConfirmPrecision = 0.85;

    public static IReadOnlyList<Profile> Fit(ModelFile model, IReadOnlyList<LabelledArticle> validation)
    {
        var probe = model with { Profiles = [new Profile(Profile.Default, 0.1, 1.0)] };
        var annotator = Annotator.Load(probe.ToBytes(), "model in training");
        var flags = validation.AsParallel().AsOrdered()
            .SelectMany(article => annotator.Annotate(article.Article).Annotations.Select(a => (a.Confidence, Right: FlagMeasure.IsRight(article, a))))
            .OrderByDescending(flag => flag.Confidence)
            .ToList();
        var confirm = ThresholdFor(flags, ConfirmPrecision);
        return
        [
            new Profile(Profile.Default, Math.Min(0.3, confirm), confirm),
            new Profile("precision", confirm, Math.Max(confirm, 0.9)),
            new Profile("recall", 0.2, confirm),
        ];
    }

    /// <summary>The lowest confidence from which on the flags are right so often.</summary>
    private static double ThresholdFor(List<(double Confidence, bool Right)> flags, double precision)
    {
        var right = 0;
        var best = 0.95;
        for (var i = 0; i < flags.Count; i++)
        {
            right += flags[i].Right ? 1 : 0;
            if (i >= 20 && right >= precision * (i + 1))
                best = flags[i].Confidence;
        }

        return Math.Round(best, 3);
    }
}
