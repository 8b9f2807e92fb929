using Moderation.Training.Learners;

namespace Moderation.Training.Tests.Learners;

public sealed class FeatureScaleTests
{
    [Fact]
    public void Scales_FeatureThatTellsMore_IsHeldLess()
    {
        // Of eight examples half are positive. 0: in all. 1: in three positive ones and one negative. 2: in two positive ones only. 3 and 4: as 1 and 2, turned round.
        var scales = ScalesOf(5, ([0, 1, 2], 1), ([0, 1, 2], 1), ([0, 1], 1), ([0, 3], 1), ([0, 1], 0), ([0, 3], 0), ([0, 3, 4], 0), ([0, 3, 4], 0));

        Assert.True(scales[0] < scales[1] && scales[1] < scales[2], string.Join(' ', scales));
        Assert.Equal(scales[1], scales[3], 1e-12);
        Assert.Equal(scales[2], scales[4], 1e-12);
    }

    [Fact]
    public void Scales_TargetsTurnedRound_AreTheSame()
    {
        (int[] Features, double Target)[] examples = [([0, 2], 1), ([1], 0.25), ([1, 2], 0), ([0, 1], 0.5), ([2], 1)];

        var scales = ScalesOf(3, examples);
        var turned = ScalesOf(3, [.. examples.Select(example => (example.Features, 1 - example.Target))]);

        Assert.All(scales.Zip(turned), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Scales_AnyExamples_KeepTheMeanOfTheirSquares()
    {
        var scale = new FeatureScale(2);
        scale.Count(0, 0.5, 1);
        scale.Count(0, 2, 0);
        scale.Count(1, 1, 1);

        var scales = scale.Scales();

        Assert.Equal(0.25 + 4 + 1, scales[0] * scales[0] * (0.25 + 4) + scales[1] * scales[1], 1e-9);
    }

    [Fact]
    public void Scales_NothingThatTells_AreOne()
    {
        Assert.Empty(new FeatureScale(0).Scales());
        Assert.Equal([1, 1], ScalesOf(2, ([0, 1], 1), ([0, 1], 0)));
    }

    private static double[] ScalesOf(int features, params (int[] Features, double Target)[] examples)
    {
        var scale = new FeatureScale(features);
        foreach (var (having, target) in examples)
        {
            foreach (var feature in having)
                scale.Count(feature, 1, target);
        }

        return scale.Scales();
    }
}
