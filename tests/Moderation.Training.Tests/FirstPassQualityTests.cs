namespace Moderation.Training.Tests;

public sealed class FirstPassQualityTests
{
    [Theory]
    [InlineData("-1- 2- 3+ 4+", 1)]
    [InlineData("-1+ 2+ 3- 4-", 0)]
    [InlineData("1- 2+ 3- 4+", 0.75)]
    [InlineData("1- 1+", 0.5)]
    [InlineData("1- 2- 2+ 3+", 0.875)]
    public void AreaUnderCurve_ScoredSentences_IsTheShareOfPairsInOrder(string judged, double expected) =>
        Assert.Equal(expected, FirstPassQuality.AreaUnderCurve([.. judged.Split(' ').Select(one => (double.Parse(one[..^1], System.Globalization.CultureInfo.InvariantCulture), one[^1] == '+'))]), 12);

    [Fact]
    public void AreaUnderCurve_AllOfOneKind_IsNoNumber() => Assert.True(double.IsNaN(FirstPassQuality.AreaUnderCurve([(1, true), (2, true)])));
}
