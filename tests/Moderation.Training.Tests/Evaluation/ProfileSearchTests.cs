using Moderation.Annotation;
using Moderation.Annotation.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Tests.Evaluation;

/// <summary>With the default model and a part of the validation articles.</summary>
public sealed class ProfileSearchTests(ITestOutputHelper output)
{
    private static readonly Lazy<Annotator> LazyAnnotator = new(() => Annotator.Load(File.ReadAllBytes(RepositoryFiles.DefaultModel), "default"));

    private static readonly Lazy<IReadOnlyList<LabelledArticle>> LazyArticles = new(() => [.. CorpusReader.ReadFolder(RepositoryFiles.Articles).Where(article => Split.Of(article.Id) == Part.Validation).Take(60)]);

    private static IReadOnlyList<Article> Unlabelled => [.. LazyArticles.Value.Select(article => article.Article with { Hints = [] })];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    public void ForBudget_FlagsAnArticle_AreKeptToAndMadeUseOf(double budget)
    {
        var profile = ProfileSearch.ForBudget(LazyAnnotator.Value, Unlabelled, "own", budget, TestContext.Current.CancellationToken)!;

        var (mean, _) = ProfileSearch.Spread(LazyAnnotator.Value, Unlabelled, profile, TestContext.Current.CancellationToken);
        output.WriteLine($"{budget} an article: {profile} gives {mean:F2}");
        Assert.InRange(mean, 0.8 * budget, budget);
        Assert.Equal("own", profile.Name);
        Assert.True(profile.Confirm >= profile.Suggest);
    }

    [Fact]
    public void ForBudget_MoreThanThereAreFlags_GivesTheLowestThreshold() =>
        Assert.Equal(0.05, ProfileSearch.ForBudget(LazyAnnotator.Value, Unlabelled, "own", 1000, TestContext.Current.CancellationToken)!.Suggest);

    [Fact]
    public void ForBudget_LessThanTheStrictestGives_IsNull() =>
        Assert.Null(ProfileSearch.ForBudget(LazyAnnotator.Value, Unlabelled, "own", 1e-9, TestContext.Current.CancellationToken));

    [Fact]
    public void ForPrecision_Asked_IsReachedAndCostsRecall()
    {
        var (low, high) = (Measured(ProfileSearch.ForPrecision(LazyAnnotator.Value, LazyArticles.Value, "own", 0.7, TestContext.Current.CancellationToken)!), Measured(ProfileSearch.ForPrecision(LazyAnnotator.Value, LazyArticles.Value, "own", 0.88, TestContext.Current.CancellationToken)!));

        Assert.True(low.Precision >= 0.7);
        Assert.True(high.Precision >= 0.88);
        Assert.True(high.Recall < low.Recall);
    }

    [Fact]
    public void ForPrecision_TooFewFlags_IsNull() =>
        Assert.Null(ProfileSearch.ForPrecision(LazyAnnotator.Value, [EvaluationRunTests.Article("a", "The council met on Monday.")], "own", 0.5, TestContext.Current.CancellationToken));

    [Fact]
    public void ForRecall_Asked_IsReachedWithTheHighestThresholdThatDoes()
    {
        var profile = ProfileSearch.ForRecall(LazyAnnotator.Value, LazyArticles.Value, "own", 0.75, TestContext.Current.CancellationToken)!;

        Assert.True(Measured(profile).Recall >= 0.75);
        Assert.True(Measured(profile with { Suggest = profile.Suggest + 0.005 }).Recall < 0.75);
    }

    [Fact]
    public void ForRecall_MoreThanAnyThresholdFinds_IsNull() =>
        Assert.Null(ProfileSearch.ForRecall(LazyAnnotator.Value, LazyArticles.Value, "own", 0.999, TestContext.Current.CancellationToken));

    private static FlagMeasure Measured(Profile profile) => EvaluationRun.Of(LazyAnnotator.Value.With(profile), LazyArticles.Value, TestContext.Current.CancellationToken).All;
}
