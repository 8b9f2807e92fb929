using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>Logistic regression over short dense examples, and Platt's calibration.</summary>
public static class DenseTrainer
{
    /// <summary>Learns over standardised values (so that one strength of regularisation suits all) and hands the weights back in the values' own units.</summary>
    /// <param name="targets">0..1, or not a number: such an example is left out.</param>
    /// <param name="isLeftOut">Features, by name, that get no weight.</param>
    public static DenseModel Train(string[] names, IReadOnlyList<float[]> examples, IReadOnlyList<float> targets, double l2, Func<string, bool>? isLeftOut = null)
    {
        if (targets.Any(float.IsNaN))
        {
            var told = Enumerable.Range(0, targets.Count).Where(e => !float.IsNaN(targets[e])).ToArray();
            (examples, targets) = ([.. told.Select(e => examples[e])], [.. told.Select(e => targets[e])]);
        }

        var n = names.Length;
        var mean = new double[n];
        var spread = new double[n];
        foreach (var example in examples)
        {
            for (var i = 0; i < n; i++)
                mean[i] += example[i] / (double)examples.Count;
        }

        foreach (var example in examples)
        {
            for (var i = 0; i < n; i++)
                spread[i] += (example[i] - mean[i]) * (example[i] - mean[i]) / examples.Count;
        }

        for (var i = 0; i < n; i++)
            spread[i] = spread[i] > 1e-9 && isLeftOut?.Invoke(names[i]) != true ? Math.Sqrt(spread[i]) : double.PositiveInfinity;
        var point = new double[n + 1];
        Lbfgs.Minimise(point, Objective, 200, 1e-7);

        var weights = new float[n];
        var bias = point[n];
        for (var i = 0; i < n; i++)
        {
            weights[i] = (float)(point[i] / spread[i]);
            bias -= point[i] / spread[i] * mean[i];
        }

        return new DenseModel(names, weights, (float)bias);

        double Objective(ReadOnlySpan<double> w, Span<double> gradient)
        {
            double loss = 0;
            for (var i = 0; i < n; i++)
            {
                loss += 0.5 * l2 * w[i] * w[i];
                gradient[i] = l2 * w[i];
            }

            gradient[n] = 0;
            for (var e = 0; e < examples.Count; e++)
            {
                var example = examples[e];
                var sum = w[n];
                for (var i = 0; i < n; i++)
                    sum += w[i] * (example[i] - mean[i]) / spread[i];
                loss += Math.Max(sum, 0) - sum * targets[e] + Math.Log(1 + Math.Exp(-Math.Abs(sum)));
                var error = Logistic.Sigmoid(sum) - targets[e];
                gradient[n] += error;
                for (var i = 0; i < n; i++)
                    gradient[i] += error * (example[i] - mean[i]) / spread[i];
            }

            return loss;
        }
    }

    /// <summary>Fits slope and offset on held-out logits; with too few of either kind to fit, the logits stand as they are.</summary>
    /// <param name="targets">As in <see cref="Train"/>.</param>
    public static Calibration Calibrate(IReadOnlyList<double> logits, IReadOnlyList<float> targets)
    {
        var positives = targets.Count(t => t > 0.5f);
        if (positives < 5 || targets.Count(t => t <= 0.5f) < 5)
            return Calibration.Identity;
        var examples = logits.Select(x => new[] { (float)x }).ToArray();
        var model = Train(["logit"], examples, targets, 0.01);
        return model.Weights[0] > 0 ? new Calibration(model.Weights[0], model.Bias) : Calibration.Identity;
    }
}
