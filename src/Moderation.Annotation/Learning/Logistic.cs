namespace Moderation.Annotation.Learning;

/// <summary>The logistic function and its inverse, cut off where a probability would round to 0 or 1.</summary>
public static class Logistic
{
    /// <summary>Largest logit, either way, that <see cref="Logit"/> gives: a probability of 0.99994.</summary>
    public const double MaxLogit = 9.7;

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    public static double Logit(double probability) => Math.Clamp(Math.Log(probability / (1 - probability)), -MaxLogit, MaxLogit);
}
