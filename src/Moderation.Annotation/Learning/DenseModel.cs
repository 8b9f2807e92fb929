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
        for (var i = 0; i < values.Length; i++)
            sum += _weights[i] * (double)values[i];
        return sum;
    }
}
