using Moderation.Training.Learners;

namespace Moderation.Training.Tests.Learners;

public sealed class LbfgsTests
{
    [Fact]
    public void Minimise_IllConditionedQuadratic_FindsItsMinimum()
    {
        double[] curvature = [1000, 100, 10, 1, 0.1];
        double[] centre = [3, -2, 0.5, 40, -7];
        var point = new double[5];

        Lbfgs.Minimise(point, (x, gradient) =>
        {
            double value = 0;
            for (var i = 0; i < 5; i++)
            {
                var distance = x[i] - centre[i];
                value += curvature[i] * distance * distance / 2;
                gradient[i] = curvature[i] * distance;
            }

            return value;
        }, 300, 1e-14);

        for (var i = 0; i < 5; i++)
            Assert.Equal(centre[i], point[i], 1e-3);
    }

    [Fact]
    public void Minimise_RosenbrocksValley_FindsItsMinimum()
    {
        double[] point = [-1.2, 1];

        Lbfgs.Minimise(point, (x, gradient) =>
        {
            var (a, b) = (1 - x[0], x[1] - x[0] * x[0]);
            gradient[0] = -2 * a - 400 * x[0] * b;
            gradient[1] = 200 * b;
            return a * a + 100 * b * b;
        }, 500, 1e-14);

        Assert.Equal(1, point[0], 1e-3);
        Assert.Equal(1, point[1], 1e-3);
    }

    [Fact]
    public void Minimise_LogCosh_FindsItsMinimum()
    {
        double[] point = [50];

        Lbfgs.Minimise(point, (x, gradient) =>
        {
            gradient[0] = Math.Tanh(x[0] - 2);
            return Math.Abs(x[0] - 2) + Math.Log(1 + Math.Exp(-2 * Math.Abs(x[0] - 2)));
        }, 200, 1e-14);

        Assert.Equal(2, point[0], 1e-3);
    }

    [Fact]
    public void Minimise_AtTheMinimumAlready_StaysThere()
    {
        double[] point = [0];

        Lbfgs.Minimise(point, (x, gradient) =>
        {
            gradient[0] = x[0];
            return x[0] * x[0] / 2;
        });

        Assert.Equal(0, point[0]);
    }

    [Fact]
    public void Minimise_AnyStep_NeverGoesUp()
    {
        double[] point = [9, -4];
        static double Value(ReadOnlySpan<double> x, Span<double> gradient)
        {
            gradient[0] = 4 * x[0] * x[0] * x[0] + x[1];
            gradient[1] = 2 * x[1] + x[0];
            return x[0] * x[0] * x[0] * x[0] + x[1] * x[1] + x[0] * x[1];
        }

        var before = Value(point, new double[2]);
        for (var step = 0; step < 20; step++)
        {
            Lbfgs.Minimise(point, Value, 1);
            var after = Value(point, new double[2]);
            Assert.True(after <= before, $"Step {step} went from {before} up to {after}.");
            before = after;
        }
    }
}
