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

    /// <summary>The models side by side, a column a target: the mean of its views' weights, which gives the mean of their logits.</summary>
    /// <param name="models">By target, the models of its views.</param>
    /// <param name="isExact">Whether a model file keeps the weights as they are.</param>
    public static (WeightTable Table, float[] Biases) Table(IReadOnlyList<LinearSentenceModel[]> models, bool isExact = false)
    {
        var rows = models[0][0].Weights.Length;
        var weights = new float[rows * models.Count];
        var biases = new float[models.Count];
        for (var column = 0; column < models.Count; column++)
        {
            var views = models[column];
            var share = 1f / views.Length;
            foreach (var view in views)
            {
                for (var row = 0; row < rows; row++)
                    weights[row * models.Count + column] += view.Weights[row] * share;
                biases[column] += view.Bias / views.Length;
            }
        }

        return (new WeightTable(rows, models.Count, weights) { IsExact = isExact }, biases);
    }

    /// <summary>The first pass that the models make up together.</summary>
    /// <param name="models">By target, the models of its views.</param>
    public static ISentenceScorer Scorer(IReadOnlyList<LinearSentenceModel[]> models)
    {
        var (table, biases) = Table(models);
        return new SentenceScorer(table, biases);
    }
}
