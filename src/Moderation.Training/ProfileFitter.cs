using Moderation.Annotation;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training;

/// <summary>Finds the thresholds of the profiles that a model comes with, on the validation articles.</summary>
internal static class ProfileFitter
{
    /// <summary>Precision that the profile "recall" may come down to for the sake of what it finds.</summary>
    private const double RecallPrecision = 0.65;

    public static IReadOnlyList<Profile> Fit(ModelFile model, IReadOnlyList<LabelledArticle> validation)
    {
        var probe = model with { Profiles = [new Profile(Profile.Default, Profile.DefaultSuggest, 1.0)] };
        var annotator = Annotator.Load(probe.ToBytes(), "model in training");
        var confirm = ProfileSearch.ConfirmFor(validation.AsParallel().AsOrdered()
            .SelectMany(article => annotator.Annotate(article.Article).Annotations.Select(flag => (flag.Confidence, FlagMeasure.IsRight(article, flag)))));
        var usual = new Profile(Profile.Default, Math.Min(Profile.DefaultSuggest, confirm), confirm);
        var far = ProfileSearch.ForPrecision(annotator, validation, "recall", RecallPrecision)?.Suggest ?? usual.Suggest;
        return
        [
            usual,
            new Profile("precision", confirm, Math.Max(confirm, 0.9)),
            new Profile("recall", Math.Min(far, usual.Suggest), confirm),
        ];
    }
}
