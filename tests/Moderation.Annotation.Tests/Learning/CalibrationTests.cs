using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Tests.Learning;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.3, -2)]
    [InlineData(2.5, 1)]
    public void Probability_HigherLogit_IsHigher(float slope, float offset)
    {
        var calibration = new Calibration(slope, offset);
        var probabilities = Enumerable.Range(-50, 101).Select(i => calibration.Probability(i / 10.0)).ToArray();

        Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
        Assert.All(probabilities.Zip(probabilities.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void Probability_Identity_IsTheLogisticFunction() => Assert.Equal(Logistic.Sigmoid(1.3), Calibration.Identity.Probability(1.3));

    [Fact]
    public void DefaultModel_EveryCalibration_Rises()
    {
        var model = DefaultEngine.Model.Detection;
        var calibrations = new[] { model.Context, model.Articles, model.Spans }.SelectMany(models => models.Article.Concat(models.Isolated)).Select(m => m.Calibration).Append(model.ClaimCalibration).ToList();

        Assert.All(calibrations, calibration => Assert.True(calibration.Slope > 0, $"A calibration of slope {calibration.Slope} turns the order round."));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(0.999)]
    public void Logit_OfAProbability_IsTheInverseOfSigmoid(double probability) => Assert.Equal(probability, Logistic.Sigmoid(Logistic.Logit(probability)), 1e-12);

    [Theory]
    [InlineData(0, -Logistic.MaxLogit)]
    [InlineData(1, Logistic.MaxLogit)]
    public void Logit_OfCertainty_IsCutOff(double probability, double expected) => Assert.Equal(expected, Logistic.Logit(probability));

    [Theory]
    [InlineData(800, 1)]
    [InlineData(-800, 0)]
    public void Sigmoid_ExtremeLogit_StaysFinite(double logit, double expected) => Assert.Equal(expected, Logistic.Sigmoid(logit), 1e-12);
}
