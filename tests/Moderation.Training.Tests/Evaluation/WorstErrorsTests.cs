using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Tests.Evaluation;

public sealed class WorstErrorsTests
{
    [Fact]
    public void Of_FalseFlags_AreTheSurestFirst()
    {
        var errors = WorstErrors.Of(EvaluationRunTests.Measure(
            new FixedAnnotator(("one", Label.Puffery, 0.4), ("two", Label.Puffery, 0.9), ("three", Label.Puffery, 0.6)),
            [EvaluationRunTests.Article("a", "one two [three](puffery)")]));

        Assert.Equal([0.9, 0.4], errors.FalseFlags.Select(error => error.Flag.Confidence));
        Assert.Empty(errors.Missed);
    }

    [Fact]
    public void Of_MissedFaults_AreTheLeastExpectedFirst()
    {
        // The test's engine scores a sentence by its length.
        var errors = WorstErrors.Of(EvaluationRunTests.Measure(new FixedAnnotator(), [EvaluationRunTests.Article("a", "A long sentence about a [bungling](name-calling) council\nThe [thugs](name-calling)")]));

        Assert.Equal(["thugs", "bungling"], errors.Missed.Select(error => error.Fault.Span.Of(error.In.Result.Article.Text).ToString()));
    }

    [Fact]
    public void Of_FaultUnderAnotherLabel_IsAWrongLabelAndAConfusion()
    {
        var errors = WorstErrors.Of(EvaluationRunTests.Measure(new FixedAnnotator(("bungling", Label.EmotiveWording, 0.8)), [EvaluationRunTests.Article("a", "The [bungling](name-calling) council")]));

        Assert.Equal((Label.NameCalling, Label.EmotiveWording), (Assert.Single(errors.WrongLabels).Fault.Label, errors.WrongLabels[0].Flag.Label));
        Assert.Equal(new Confusion(Label.NameCalling, Label.EmotiveWording, 1), Assert.Single(errors.Confusions));
        Assert.Empty(errors.FalseFlags);
    }

    [Fact]
    public void Of_FlagOfANestedFaultsLabel_IsNoWrongLabelOfTheOuterOne()
    {
        var errors = WorstErrors.Of(EvaluationRunTests.Measure(new FixedAnnotator(("bungling", Label.NameCalling, 0.8)), [EvaluationRunTests.Article("a", "[The [bungling](name-calling) council failed.](opinion-as-fact)")]));

        Assert.Empty(errors.WrongLabels);
        Assert.Empty(errors.Missed);
    }
}
