using Moderation.Annotation.Results;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Tests.Evaluation;

public sealed class EvaluationRunTests
{
    internal static LabelledArticle Article(string id, string text) => CorpusReader.Read($"folder/{id}.txt", $"# id: {id}\n# genre: news\n# topic: t\n# style: s\n# origin: o\n\n{text}\n");

    internal static EvaluationRun Measure(IAnnotator annotator, IReadOnlyList<LabelledArticle> articles) => EvaluationRun.Of(annotator, articles, TestContext.Current.CancellationToken);

    [Fact]
    public void Of_RightWrongAndMissedFlags_CountsEachByLabelAndInAll()
    {
        var run = Measure(
            new FixedAnnotator(("bungling", Label.NameCalling, 0.9), ("slammed", Label.EmotiveWording, 0.8), ("table", Label.EmotiveWording, 0.4)),
            [Article("a", "The [bungling](emotive-wording) council [slammed](emotive-wording) the table. It [lied](verdict-verb).")]);

        Assert.Equal((3, 2, 3, 2, 2, 1), (run.All.Flags, run.All.RightFlags, run.All.Gold, run.All.Found, run.All.SameFamily, run.All.SameLabel));
        Assert.Equal((2.0 / 3, 2.0 / 3, 2.0 / 3), (run.All.Precision, run.All.Recall, run.All.F1));
        Assert.Equal(new LabelRow(Label.EmotiveWording, 2, 2, 1, 2, 1, 1), run.ByLabel.Single(row => row.Label == Label.EmotiveWording));
        Assert.Equal(new LabelRow(Label.NameCalling, 0, 0, 0, 1, 1, 0), run.ByLabel.Single(row => row.Label == Label.NameCalling));
    }

    [Fact]
    public void Of_ConfidencesAgainstWhatIsRight_GiveReliabilityAndCalibrationError()
    {
        var run = Measure(new FixedAnnotator(("good", Label.Puffery, 0.95), ("bad", Label.Puffery, 0.35)), [Article("a", "[good](puffery) bad good bad")]);

        Assert.Equal([(0.3, 2, 0.0), (0.9, 2, 0.5)], run.Reliability.Select(row => (Math.Round(row.From, 1), row.Flags, row.ShareRight)));
        Assert.Equal((2 * 0.35 + Math.Abs(2 * 0.95 - 1)) / 4, run.All.CalibrationError, 1e-12);
        Assert.All(run.Reliability, row => Assert.True(row.Interval.Low <= row.ShareRight + 1e-12 && row.ShareRight <= row.Interval.High && row.Interval.Low >= -1e-12 && row.Interval.High <= 1));
    }

    [Fact]
    public void Of_NothingFlagged_HasFiguresAllTheSame()
    {
        var run = Measure(new FixedAnnotator(), [Article("a", "It rained.")]);

        Assert.Equal((0.0, 0.0, 0.0, 0.0), (run.All.Precision, run.All.Recall, run.All.F1, run.All.CalibrationError));
        Assert.Empty(run.Reliability);
    }
}
