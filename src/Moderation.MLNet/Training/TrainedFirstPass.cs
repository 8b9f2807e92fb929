using Moderation.Annotation.Detection;
using Moderation.MLNet.Scoring;

namespace Moderation.MLNet.Training;

/// <summary>A first pass fresh from training: its ML.NET models, which a file can keep, and what scores with them.</summary>
internal sealed class TrainedFirstPass(IReadOnlyList<SentencePredictor[]> predictors, ISentenceScorer scorer) : ISentenceScorer
{
    public FirstPassModel ToModel() => FirstPassModel.Of(predictors);

    public List<SentenceReading> Read(Analysis analysis) => scorer.Read(analysis);
}
