using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>
/// How the first pass over sentences is learned: for every <see cref="SentenceTarget"/> one model a <see cref="FeatureView"/>, from the same
/// examples whoever learns. The same examples must give the same models. Is called from several threads at once.
/// </summary>
public interface ISentenceLearner
{
    /// <summary>Learns one model from the chosen examples.</summary>
    /// <param name="targets">For every example 0..1.</param>
    ISentenceModel Learn(SparseExamples examples, IReadOnlyList<int> chosen, float[] targets);

    /// <summary>The first pass that the models make up together; the logits of a target's models are averaged.</summary>
    /// <param name="models">By <see cref="SentenceTarget"/>, the models of its views.</param>
    ISentenceScorer Combine(IReadOnlyList<IReadOnlyList<ISentenceModel>> models);
}

/// <summary>What was learned about one question that is asked of sentences.</summary>
public interface ISentenceModel
{
    /// <summary>The same as weights and a bias, which a model file of the built-in kind can hold; null where the model is not linear.</summary>
    LinearSentenceModel? Linear { get; }

    /// <summary>How likely the answer is yes, as a logit.</summary>
    double Logit(ReadOnlySpan<Feature> features);
}
