using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Tests.Evaluation;

public sealed class ModelComparisonTests
{
    private static readonly LabelledArticle[] Articles = [.. Enumerable.Range(0, 30).Select(i => EvaluationRunTests.Article($"a{i}", "The [bungling](name-calling) council [slammed](emotive-wording) it. A table."))];

    private static readonly FixedAnnotator Better = new(("bungling", Label.NameCalling, 0.8), ("slammed", Label.EmotiveWording, 0.9));

    private static readonly FixedAnnotator Worse = new(("bungling", Label.NameCalling, 0.8), ("table", Label.NameCalling, 0.6));

    [Fact]
    public void Of_TheSameRun_HasNoDifferences()
    {
        var run = EvaluationRunTests.Measure(Better, Articles);

        var comparison = ModelComparison.Of(run, run);

        Assert.All(comparison.Figures, figure => Assert.Equal((0.0, 0.0, 0.0, false), (figure.Difference, figure.Low, figure.High, figure.IsSignificant)));
        Assert.Empty(comparison.FoundByMine.Concat(comparison.FoundByOther));
    }

    [Fact]
    public void Of_BetterAgainstWorse_SaysByHowMuchAndOnWhat()
    {
        var comparison = ModelComparison.Of(EvaluationRunTests.Measure(Better, Articles), EvaluationRunTests.Measure(Worse, Articles));

        var recall = comparison.Figures.Single(figure => figure.Name == "recall");
        Assert.Equal((1.0, 0.5, true), (recall.Mine, recall.Others, recall.IsSignificant));
        Assert.Equal(30, comparison.FoundByMine.Count);
        Assert.All(comparison.FoundByMine, found => Assert.Equal("slammed", found.Fault.Span.Of(found.In.Result.Article.Text)));
        Assert.Empty(comparison.FoundByOther);
        Assert.Empty(comparison.FalseOfMine);
        Assert.Equal(30, comparison.FalseOfOther.Count);
    }

    [Fact]
    public void Of_OneArticleInThirtyDiffers_IntervalHoldsZero()
    {
        LabelledArticle[] articles = [.. Articles.Skip(1), EvaluationRunTests.Article("odd", "An [odd](emotive-wording) one.")];
        var mine = EvaluationRunTests.Measure(new FixedAnnotator(("bungling", Label.NameCalling, 0.8), ("odd", Label.EmotiveWording, 0.8)), articles);
        var other = EvaluationRunTests.Measure(new FixedAnnotator(("bungling", Label.NameCalling, 0.8)), articles);

        var recall = ModelComparison.Of(mine, other).Figures.Single(figure => figure.Name == "recall");

        Assert.True(recall.Difference > 0);
        Assert.False(recall.IsSignificant);
        Assert.True(recall.High > 0);
        Assert.Equal(recall, ModelComparison.Of(mine, other).Figures.Single(figure => figure.Name == "recall"));
    }

    [Fact]
    public void Of_DifferentArticles_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ModelComparison.Of(EvaluationRunTests.Measure(Better, Articles), EvaluationRunTests.Measure(Better, Articles[1..])));
}
