using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>A weight a row, and a bias.</summary>
public sealed record LinearSentenceModel(float[] Weights, float Bias) : ISentenceModel
{
    public LinearSentenceModel Linear => this;

    public double Logit(ReadOnlySpan<Feature> features)
    {
        double sum = Bias;
        foreach (var feature in features)
            sum += Weights[feature.Row] * feature.Value;
        return sum;
    }

    /// <summary>The models side by side, a column each.</summary>
    /// <param name="isExact">Whether a model file keeps the weights as they are.</param>
    public static (WeightTable Table, float[] Biases) Table(IReadOnlyList<LinearSentenceModel> models, bool isExact = false)
    {
        var rows = models[0].Weights.Length;
        var weights = new float[rows * models.Count];
        for (var column = 0; column < models.Count; column++)
        {
            for (var row = 0; row < rows; row++)
                weights[row * models.Count + column] = models[column].Weights[row];
        }

        return (new WeightTable(rows, models.Count, weights) { IsExact = isExact }, [.. models.Select(model => model.Bias)]);
    }

    /// <summary>The first pass that the models make up together.</summary>
    public static ISentenceScorer Scorer(IReadOnlyList<LinearSentenceModel> models)
    {
        var (table, biases) = Table(models);
        return new SentenceScorer(table, biases);
    }
}
