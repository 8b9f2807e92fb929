using System.Runtime.Intrinsics;

namespace Moderation.Annotation.Learning;

/// <summary>A logistic model over a short list of named features: logit = bias + Σ weight × value, so that every feature's part is exact.</summary>
public sealed class DenseModel
{
    private readonly float[] _weights;

    public DenseModel(string[] names, float[] weights, float bias)
    {
        if (names.Length != weights.Length)
            throw new ArgumentException($"{names.Length} names for {weights.Length} weights.", nameof(names));
        Names = names;
        _weights = weights;
        Bias = bias;
    }

    public IReadOnlyList<string> Names { get; }

    public ReadOnlySpan<float> Weights => _weights;

    public float Bias { get; }

    public double Logit(ReadOnlySpan<float> values)
    {
        if (values.Length != _weights.Length)
            throw new ArgumentException($"{values.Length} values for {_weights.Length} features.", nameof(values));
        double sum = Bias;
        var i = 0;
        var parts = Vector256<double>.Zero;
        for (; i + 4 <= values.Length; i += 4)
            parts += Doubles(_weights.AsSpan(i)) * Doubles(values[i..]);
        for (; i < values.Length; i++)
            sum += _weights[i] * (double)values[i];
        return sum + Vector256.Sum(parts);

        static Vector256<double> Doubles(ReadOnlySpan<float> from)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(from));
            return Vector256.Create(low, high);
        }
    }
}
