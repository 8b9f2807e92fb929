using Moderation.Annotation.Learning;
using Moderation.Training.Learners;

namespace Moderation.Training.Tests.Learners;

public sealed class LogisticTrainerTests
{
    [Fact]
    public void Train_FeatureLeftOut_HasNoWeight()
    {
        var model = DenseTrainer.Train(["tells", "tells too"], [[0, 0], [1, 1], [0, 0], [1, 1]], [0, 1, 0, 1], 0.1, name => name == "tells too");

        Assert.Equal(0, model.Weights[1]);
        Assert.True(model.Weights[0] > 0);
    }

    [Fact]
    public void DenseTrain_KnownModel_FindsItsWeights()
    {
        var random = new Random(1);
        var examples = Enumerable.Range(0, 20_000).Select(_ => new[] { (float)(random.NextDouble() * 4 - 2), (float)(random.NextDouble() * 200) }).ToArray();
        var targets = examples.Select(x => random.NextDouble() < Logistic.Sigmoid(1.5 * x[0] - 0.02 * x[1] + 1) ? 1f : 0f).ToArray();

        var model = DenseTrainer.Train(["a", "b"], examples, targets, 0.01);

        Assert.Equal(1.5, model.Weights[0], 0.1);
        Assert.Equal(-0.02, model.Weights[1], 0.002);
        Assert.Equal(1, model.Bias, 0.15);
    }

    [Fact]
    public void DenseTrain_FeatureThatNeverVaries_GetsNoWeight()
    {
        var model = DenseTrainer.Train(["constant", "tells"], [[1, 0], [1, 1], [1, 0], [1, 1]], [0, 1, 0, 1], 0.1);

        Assert.Equal(0, model.Weights[0]);
        Assert.True(model.Weights[1] > 0);
    }

    [Fact]
    public void SparseTrain_Regularised_EndsWhereTheGradientVanishes()
    {
        var random = new Random(2);
        var examples = new SparseExamples();
        var targets = new float[60];
        for (var i = 0; i < targets.Length; i++)
        {
            foreach (var row in Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0))
                examples.Features.Add(new Feature(row, 0.5f + row));
            examples.Close();
            targets[i] = random.Next(2);
        }

        const double L2 = 0.7;
        var (weights, bias) = SparseLogisticTrainer.Train(examples, [.. Enumerable.Range(0, targets.Length)], targets, 8, L2, 1);

        var scales = ScalesOf(examples, targets);
        double Loss(double[] w) => w.Take(8).Zip(scales, (x, scale) => L2 * x * x / (scale * scale) / 2).Sum() + Enumerable.Range(0, targets.Length).Sum(i =>
        {
            var logit = w[8];
            foreach (var feature in examples[i])
                logit += w[feature.Row] * feature.Value;
            return Math.Log(1 + Math.Exp(logit)) - targets[i] * logit;
        });
        double[] found = [.. weights.Select(x => (double)x), bias];
        Assert.All(GradientOf(Loss, found), part => Assert.InRange(part, -0.2, 0.2));
        Assert.True(Loss(found) < Loss(new double[9]));
    }

    [Fact]
    public void SparseTrain_TargetNotANumber_LeavesTheExampleOut()
    {
        var examples = new SparseExamples();
        for (var i = 0; i < 4; i++)
        {
            examples.Features.Add(new Feature(i % 2, 1));
            examples.Close();
        }

        var with = SparseLogisticTrainer.Train(examples, [0, 1, 2, 3], [1, 0, float.NaN, float.NaN], 2, 0.1, 1);
        var without = SparseLogisticTrainer.Train(examples, [0, 1], [1, 0, 0, 1], 2, 0.1, 1);

        Assert.Equal(without.Weights, with.Weights);
        Assert.Equal(without.Bias, with.Bias);
    }

    [Fact]
    public void SparseTrain_RareRow_GetsNoWeight()
    {
        var examples = new SparseExamples();
        foreach (var row in (int[])[0, 0, 1])
        {
            examples.Features.Add(new Feature(row, 1));
            examples.Close();
        }

        var (weights, _) = SparseLogisticTrainer.Train(examples, [0, 1, 2], [1, 1, 0], 2, 0.1, 2);

        Assert.True(weights[0] > 0);
        Assert.Equal(0, weights[1]);
    }

    [Fact]
    public void Calibrate_OverconfidentLogits_MakesThemTrue()
    {
        var random = new Random(4);
        var logits = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() * 12 - 6).ToArray();
        var targets = logits.Select(logit => random.NextDouble() < Logistic.Sigmoid(0.4 * logit - 1) ? 1f : 0f).ToArray();

        var calibration = DenseTrainer.Calibrate(logits, targets);

        Assert.Equal(0.4, calibration.Slope, 0.03);
        Assert.Equal(-1, calibration.Offset, 0.1);
    }

    [Fact]
    public void Calibrate_TooFewOrTurnedRound_LeavesTheLogits()
    {
        Assert.Equal(Calibration.Identity, DenseTrainer.Calibrate([1, 2, 3], [0, 1, 1]));
        double[] logits = [.. Enumerable.Range(0, 40).Select(i => (double)i)];
        Assert.Equal(Calibration.Identity, DenseTrainer.Calibrate(logits, [.. logits.Select(x => x < 20 ? 1f : 0f)]));
    }

    private static IEnumerable<double> GradientOf(Func<double[], double> loss, double[] point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            yield return (loss(up) - loss(down)) / 2e-5;
        }
    }

    private static double[] ScalesOf(SparseExamples examples, float[] targets)
    {
        var scale = new FeatureScale(8);
        for (var i = 0; i < targets.Length; i++)
        {
            foreach (var feature in examples[i])
                scale.Count(feature.Row, feature.Value, targets[i]);
        }

        return scale.Scales();
    }
}
