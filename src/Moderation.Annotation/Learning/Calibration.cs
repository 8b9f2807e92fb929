namespace Moderation.Annotation.Learning;

/// <summary>
/// Platt scaling (Platt, Advances in Large Margin Classifiers, 1999): probability = σ(slope × logit + offset), fitted on held-out articles.
/// Strictly rising, so that it never changes an order.
/// </summary>
public readonly record struct Calibration(float Slope, float Offset)
{
    public static Calibration Identity { get; } = new(1, 0);

    public double Probability(double logit) => Logistic.Sigmoid(Slope * logit + Offset);
}
