using Moderation.Annotation.Learning;
using Moderation.Training.Learners;
using Xunit;

namespace Moderation.Training.Tests.Learners;

public sealed class LogLatticeTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1000, 1000, 1000)]
    [InlineData(-1000, -1000, -1001)]
    [InlineData(5, double.NegativeInfinity, 3)]
    public void LogSum_ThreeLogs_IsTheLogOfTheirSum(double a, double b, double c)
    {
        // Shifted to where the plain formula does not overflow.
        var max = Math.Max(a, Math.Max(b, c));
        Assert.Equal(max + Math.Log(Math.Exp(a - max) + Math.Exp(b - max) + Math.Exp(c - max)), LogLattice.LogSum(a, b, c), 1e-12);
    }

    [Fact]
    public void LogSum_NothingPossible_IsNegativeInfinity() =>
        Assert.Equal(double.NegativeInfinity, LogLattice.LogSum(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity));

    [Fact]
    public void Run_AnyScores_AgreesWithTheModelThatDetects()
    {
        var random = new Random(3);
        float Next() => (float)(random.NextDouble() * 6 - 3);
        var chain = new ChainModel([.. Enumerable.Range(0, ChainModel.TransitionCount).Select(_ => Next())]);
        float[] scores = [.. Enumerable.Range(0, 80).Select(_ => Next())];
        var (logs, fast) = (new LogLattice(), new ChainLattice());

        logs.Run(chain.Transitions, scores);
        chain.Run(scores, fast);

        Assert.Equal(logs.LogZ, fast.LogZ, 1e-9);
        for (var i = 0; i < 40; i++)
            Assert.Equal(Math.Exp(logs.Forward(i).Begin + logs.Backward(i).Begin - logs.LogZ), fast.BeginProbability(i), 1e-12);
    }
}
