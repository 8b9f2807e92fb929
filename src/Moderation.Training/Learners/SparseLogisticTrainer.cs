using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>L2-regularised logistic regression over sparse examples, each feature held as tightly as its scale says (<see cref="FeatureScale"/>).</summary>
public static class SparseLogisticTrainer
{
    /// <summary>Learns one model from the chosen examples.</summary>
    /// <param name="targets">For every example 0..1; NaN leaves it out.</param>
    /// <param name="l2">Weight of the squared norm of the weights, each divided by its feature's scale, against the sum of the examples' losses.</param>
    /// <returns>A weight a row, and the bias, which is not regularised.</returns>
    public static (float[] Weights, float Bias) Train(SparseExamples examples, IReadOnlyList<int> chosen, float[] targets, int rows, double l2, int minOccurrences)
    {
        var used = chosen.Where(example => !float.IsNaN(targets[example])).ToArray();
        var (numbers, count) = examples.NumberRows(used, rows, minOccurrences);
        var scales = ScalesOf(examples, used, targets, numbers, count);
        var point = new double[count + 1];
        Lbfgs.Minimise(point, Objective);

        var weights = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            if (numbers[row] >= 0)
                weights[row] = (float)(point[numbers[row]] * scales[numbers[row]]);
        }

        return (weights, (float)point[count]);

        double Objective(ReadOnlySpan<double> w, Span<double> gradient)
        {
            double loss = 0;
            for (var i = 0; i < count; i++)
            {
                loss += 0.5 * l2 * w[i] * w[i];
                gradient[i] = l2 * w[i];
            }

            gradient[count] = 0;
            foreach (var example in used)
            {
                var features = examples[example];
                var sum = w[count];
                foreach (var feature in features)
                {
                    if (numbers[feature.Row] is >= 0 and var k)
                        sum += w[k] * scales[k] * feature.Value;
                }

                var target = targets[example];
                loss += Math.Max(sum, 0) - sum * target + Math.Log(1 + Math.Exp(-Math.Abs(sum)));
                var error = Logistic.Sigmoid(sum) - target;
                gradient[count] += error;
                foreach (var feature in features)
                {
                    if (numbers[feature.Row] is >= 0 and var k)
                        gradient[k] += error * scales[k] * feature.Value;
                }
            }

            return loss;
        }
    }

    private static double[] ScalesOf(SparseExamples examples, int[] used, float[] targets, int[] numbers, int count)
    {
        var scale = new FeatureScale(count);
        foreach (var example in used)
        {
            foreach (var feature in examples[example])
            {
                if (numbers[feature.Row] is >= 0 and var k)
                    scale.Count(k, feature.Value, targets[example]);
            }
        }

        return scale.Scales();
    }
}
