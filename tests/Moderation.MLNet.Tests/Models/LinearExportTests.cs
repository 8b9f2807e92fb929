using Moderation.Annotation;
using Moderation.Annotation.Detection;
using Moderation.MLNet.Models;
using Moderation.MLNet.Scoring;
using Moderation.MLNet.Tests.Support;
using Moderation.MLNet.Training;
using Moderation.Training.Corpus;

namespace Moderation.MLNet.Tests.Models;

/// <summary>A linear ML.NET model as a model file of the built-in kind: the same scores, and with them the same flags and evidence.</summary>
[Collection(nameof(SmallTraining))]
public sealed class LinearExportTests(SmallTraining small)
{
    private const double Tolerance = 1e-5;

    public static TheoryData<Trainer> Linear => new(Trainer.Sdca, Trainer.Lbfgs, Trainer.Perceptron);

    [Theory]
    [MemberData(nameof(Linear))]
    public void Read_ModelFileAndZip_GiveTheSameScores(Trainer trainer)
    {
        var trained = small.Of(trainer);
        Assert.True(trained.IsWhole);
        var (model, _) = MLNetModelFile.Read(MLNetModelFile.ToBytes(trained), "test.zip");
        var file = ModelFile.FromBytes(trained.File.ToBytes(), "test.model");
        var theirs = new MLNetSentenceScorer(model);
        var ours = new SentenceScorer(file.Detection.Sentences, file.Detection.SentenceBiases);

        var sentences = 0;
        foreach (var article in small.Data.Articles)
        {
            foreach (var (expected, actual) in theirs.Read(article.Analysis).Zip(ours.Read(article.Analysis)))
            {
                Assert.Equal(expected.Index, actual.Index);
                for (var target = 0; target < expected.Logits.Length; target++)
                    Assert.Equal(expected.Logits[target], actual.Logits[target], Tolerance);
                sentences++;
            }
        }

        Assert.True(sentences > 200, $"{sentences} sentences");
    }

    [Theory]
    [MemberData(nameof(Linear))]
    public void Annotate_ModelFileAndZip_GiveTheSameFlagsAndEvidence(Trainer trainer)
    {
        var trained = small.Of(trainer);
        var theirs = MLNetModelFile.Load(MLNetModelFile.ToBytes(trained), "test.zip");
        var ours = Annotator.Load(trained.File.ToBytes(), "test.model");

        var flags = 0;
        foreach (var article in small.Data.Labelled(Part.Train).Concat(small.Data.Labelled(Part.Validation)))
        {
            var expected = theirs.Annotate(article.Article, cancellation: TestContext.Current.CancellationToken).Annotations;
            var actual = ours.Annotate(article.Article, cancellation: TestContext.Current.CancellationToken).Annotations;
            Assert.Equal(expected.Select(Told), actual.Select(Told));
            foreach (var (flag, other) in expected.Zip(actual))
            {
                Assert.Equal(flag.Confidence, other.Confidence, 1e-3);
                Assert.Equal(flag.Evidence.Sum(e => e.Contribution), other.Evidence.Sum(e => e.Contribution), 1e-3);
            }

            flags += expected.Count;
        }

        Assert.True(flags > 5, $"{flags} flags");
        static (string, Annotation.Results.Label, Annotation.Text.TextSpan) Told(Flag flag) => (flag.Id, flag.Label, flag.Span);
    }
}
