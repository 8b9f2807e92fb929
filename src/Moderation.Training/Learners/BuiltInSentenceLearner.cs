using Moderation.Annotation.Detection;

namespace Moderation.Training.Learners;

/// <summary>The project's own learner: L2-regularised logistic regression.</summary>
public sealed class BuiltInSentenceLearner : ISentenceLearner
{
    private const double L2 = 0.7;

    public ISentenceModel Learn(SparseExamples examples, IReadOnlyList<int> chosen, float[] targets)
    {
        var (weights, bias) = SparseLogisticTrainer.Train(examples, chosen, targets, DetectionTrainer.SentenceRows, L2, DetectionTrainer.SentenceMinOccurrences);
        return new LinearSentenceModel(weights, bias);
    }

    public ISentenceScorer Combine(IReadOnlyList<IReadOnlyList<ISentenceModel>> models) => LinearSentenceModel.Scorer([.. models.Select(views => views.Cast<LinearSentenceModel>().ToArray())]);
}
