namespace Moderation.Training.Learners;

/// <summary>
/// Limited-memory BFGS (Nocedal, Mathematics of Computation, 1980) with a backtracking line search, for smooth convex objectives. Sequential
/// sums in a fixed order: the same input gives the same bits.
/// </summary>
public static class Lbfgs
{
    private const int Memory = 8;

    /// <summary>Share of the direction below which the line search gives up.</summary>
    private const double ShortestStep = 1e-10;

    /// <summary>Gives the objective's value at a point and writes its gradient.</summary>
    public delegate double Objective(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>Minimises from the point given, in place, until the value falls by less than the tolerance's share of itself.</summary>
    public static void Minimise(double[] point, Objective objective, int maxIterations = 100, double tolerance = 1e-5)
    {
        var n = point.Length;
        var gradient = new double[n];
        var value = objective(point, gradient);
        var history = new LinkedList<(double[] Step, double[] Change, double Rho)>();
        var next = new double[n];
        var nextGradient = new double[n];
        var stalled = 0;
        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            var direction = Direction(gradient, history);
            var slope = Dot(direction, gradient);
            if (slope > -1e-12)
                return;
            var length = history.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1.0;
            double nextValue;
            while (true)
            {
                for (var i = 0; i < n; i++)
                    next[i] = point[i] + length * direction[i];
                nextValue = objective(next, nextGradient);
                if (nextValue <= value + 1e-4 * length * slope)
                    break;
                length /= 2;
                if (length < ShortestStep)
                    break;
            }

            if (length < ShortestStep)
            {
                // Where the curvature was too slight to measure, what was remembered of it misleads: begin again with the slope alone.
                if (history.Count == 0)
                    return;
                history.Clear();
                continue;
            }

            Remember(history, point, next, gradient, nextGradient);
            stalled = value - nextValue < tolerance * Math.Max(1, Math.Abs(value)) ? stalled + 1 : 0;
            (value, next, nextGradient) = (nextValue, Swap(ref point, next), Swap(ref gradient, nextGradient));
            if (stalled == 2)
                return;
        }
    }

    /// <summary>Copies the new into the current array, which the caller holds, and hands back the buffer.</summary>
    private static double[] Swap(ref double[] current, double[] fresh)
    {
        fresh.CopyTo(current, 0);
        return fresh;
    }

    private static void Remember(LinkedList<(double[] Step, double[] Change, double Rho)> history, double[] point, double[] next, double[] gradient, double[] nextGradient)
    {
        var reuse = history.Count == Memory ? history.First!.Value : (new double[point.Length], new double[point.Length], 0);
        if (history.Count == Memory)
            history.RemoveFirst();
        double product = 0;
        for (var i = 0; i < point.Length; i++)
        {
            reuse.Item1[i] = next[i] - point[i];
            reuse.Item2[i] = nextGradient[i] - gradient[i];
            product += reuse.Item1[i] * reuse.Item2[i];
        }

        if (product > 1e-12)
            history.AddLast((reuse.Item1, reuse.Item2, 1 / product));
    }

    private static double[] Direction(double[] gradient, LinkedList<(double[] Step, double[] Change, double Rho)> history)
    {
        var direction = Array.ConvertAll(gradient, g => -g);
        var alphas = new Stack<double>();
        for (var node = history.Last; node is not null; node = node.Previous)
        {
            var alpha = node.Value.Rho * Dot(node.Value.Step, direction);
            alphas.Push(alpha);
            Add(direction, node.Value.Change, -alpha);
        }

        if (history.Last is { Value: var last })
        {
            var scale = 1 / (last.Rho * Dot(last.Change, last.Change));
            for (var i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }

        for (var node = history.First; node is not null; node = node.Next)
            Add(direction, node.Value.Step, alphas.Pop() - node.Value.Rho * Dot(node.Value.Change, direction));
        return direction;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] target, double[] what, double times)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += times * what[i];
    }
}
