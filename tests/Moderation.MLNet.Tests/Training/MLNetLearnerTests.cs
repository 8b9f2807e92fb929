using Moderation.Annotation.Learning;
using Moderation.MLNet.Models;
using Moderation.MLNet.Tests.Support;
using Moderation.MLNet.Training;
using Moderation.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Learners;

namespace Moderation.MLNet.Tests.Training;

[Collection(nameof(SmallTraining))]
public sealed class MLNetLearnerTests(SmallTraining small)
{
    public static TheoryData<Trainer> Available => new(Trainers.Available);

    [Theory]
    [MemberData(nameof(Available))]
    public void Train_EachTrainer_TellsFaultsFromPlainSentences(Trainer trainer)
    {
        var trained = small.Of(trainer);

        Assert.InRange(FirstPassQuality.AreaUnderCurve(small.Data, Part.Train, trained.FirstPass), 0.8, 1);
        Assert.InRange(FirstPassQuality.AreaUnderCurve(small.Data, Part.Validation, trained.FirstPass), 0.55, 1);
    }

    [Theory]
    [InlineData(Trainer.Sdca)]
    [InlineData(Trainer.Perceptron)]
    public void Train_SameDataTwice_GivesTheSameBytes(Trainer trainer) =>
        Assert.Equal(MLNetModelFile.ToBytes(small.Of(trainer)), MLNetModelFile.ToBytes(small.TrainAgain(trainer)));

    [Fact]
    public void Learn_SoftTargets_ComesToWhatTheBuiltInLearnerDoes()
    {
        var random = new Random(7);
        var examples = new SparseExamples();
        var targets = new List<float>();
        for (var i = 0; i < 400; i++)
        {
            var first = random.Next(6);
            var second = random.Next(6);
            examples.Features.AddRange([new Feature(100 + first, 1), new Feature(5000 + second, 0.5f)]);
            examples.Close();
            targets.Add(first < 2 ? 0.9f : second < 3 ? 0.4f : 0);
        }

        int[] all = [.. Enumerable.Range(0, examples.Count)];
        var theirs = new MLNetLearner(Trainer.Lbfgs).Learn(examples, all, [.. targets]);
        var ours = new BuiltInSentenceLearner().Learn(examples, all, [.. targets]);

        foreach (var i in all)
            Assert.Equal(ours.Logit(examples[i]), theirs.Logit(examples[i]), 0.02);
    }

    [Fact]
    public void Learn_FeatureTwiceInAnExample_CountsTwice()
    {
        var examples = new SparseExamples();
        for (var i = 0; i < 40; i++)
        {
            examples.Features.AddRange(i % 2 == 0 ? [new Feature(9, 1), new Feature(3, 1), new Feature(9, 1)] : [new Feature(3, 1), new Feature(9, 1)]);
            examples.Close();
        }

        var model = new MLNetLearner(Trainer.Lbfgs).Learn(examples, [.. Enumerable.Range(0, 40)], [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1f : 0f)]);

        Assert.True(model.Logit(examples[0]) > 0.5, "twice is the only difference");
        Assert.True(model.Logit(examples[1]) < -0.5, "once is the only difference");
    }
}
