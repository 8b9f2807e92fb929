namespace Moderation.Training.Learners;

/// <summary>
/// How far a feature's weight may move before regularisation holds it: the further, the more the feature's share differs between positive and
/// negative examples. A feature whose few examples all agree is thus held less tightly than one that says nothing. The ratio is that of naive
/// Bayes: S. Wang, C. D. Manning, Baselines and Bigrams: Simple, Good Sentiment and Topic Classification, ACL 2012; their interpolation is
/// with the mean, as here.
/// </summary>
internal sealed class FeatureScale
{
    /// <summary>Added to what is counted of each feature, so that one example does not decide.</summary>
    private const double Prior = 0.3;

    /// <summary>Share of the ratio in a scale; the rest is the mean of all.</summary>
    private const double RatioShare = 0.5;

    private readonly double[] _positive, _negative, _squares;

    /// <param name="features">How many features there are.</param>
    public FeatureScale(int features)
    {
        (_positive, _negative, _squares) = (new double[features], new double[features], new double[features]);
        Array.Fill(_positive, Prior);
        Array.Fill(_negative, Prior);
    }

    /// <summary>Counts a feature of an example.</summary>
    /// <param name="value">The feature's value, 0 or more.</param>
    /// <param name="target">The example's target, 0..1.</param>
    public void Count(int feature, double value, double target)
    {
        _positive[feature] += target * value;
        _negative[feature] += (1 - target) * value;
        _squares[feature] += value * value;
    }

    /// <summary>The scale of each feature; of their squares, the mean over all that was counted is 1, so that a weight of regularisation means the same with and without them.</summary>
    public double[] Scales()
    {
        var odds = Math.Log(_negative.Sum() / _positive.Sum());
        var scales = new double[_positive.Length];
        for (var k = 0; k < scales.Length; k++)
            scales[k] = Math.Abs(Math.Log(_positive[k] / _negative[k]) + odds);

        var mean = scales.DefaultIfEmpty().Average();
        double scaled = 0, all = 0;
        for (var k = 0; k < scales.Length; k++)
        {
            scales[k] = (1 - RatioShare) * mean + RatioShare * scales[k];
            scaled += _squares[k] * scales[k] * scales[k];
            all += _squares[k];
        }

        var unit = scaled > 0 ? Math.Sqrt(all / scaled) : 0;
        for (var k = 0; k < scales.Length; k++)
            scales[k] = unit > 0 ? scales[k] * unit : 1;
        return scales;
    }
}
