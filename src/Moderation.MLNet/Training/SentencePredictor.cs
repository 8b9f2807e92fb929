using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Moderation.Annotation.Learning;
using Moderation.MLNet.Scoring;
using Moderation.Training.Learners;

namespace Moderation.MLNet.Training;

/// <summary>One sentence model as ML.NET trained it, and how its score becomes a logit.</summary>
internal sealed class SentencePredictor : ISentenceModel
{
    /// <summary>Name of the column that every ML.NET predictor puts its score in.</summary>
    public const string ScoreColumnName = "Score";

    private readonly Lazy<SessionPool<FirstPassSession>> _sessions;

    private SentencePredictor(ITransformer transformer, PlattCalibrator calibrator, LinearBinaryModelParameters? linear)
    {
        Transformer = transformer;
        // ML.NET's sigmoid falls: probability = 1 / (1 + exp(slope × score + offset)).
        (Slope, Offset) = (-calibrator.Slope, -calibrator.Offset);
        Linear = linear is null ? null : new LinearSentenceModel(
            [.. linear.Weights.Select(weight => (float)(Slope * weight))],
            (float)(Slope * linear.Bias + Offset));
        _sessions = new(() => new(FirstPassModel.Of([[this]]).OpenSession));
    }

    public ITransformer Transformer { get; }

    public double Slope { get; }

    public double Offset { get; }

    public LinearSentenceModel? Linear { get; }

    /// <param name="fitted">What a binary trainer of ML.NET gave, with its calibrator.</param>
    public static SentencePredictor Of(ITransformer fitted)
    {
        ITransformer[] steps = fitted is IEnumerable<ITransformer> chain ? [.. chain] : [fitted];
        var models = steps.OfType<ISingleFeaturePredictionTransformer<object>>().Select(step => step.Model).ToList();
        var parts = models.SelectMany(static model => model is CalibratedModelParametersBase calibrated ? [calibrated.SubModel, calibrated.Calibrator] : new[] { model }).ToList();
        var calibrator = parts.OfType<PlattCalibrator>().LastOrDefault()
            ?? throw new NotSupportedException($"The trainer gave a {fitted.GetType().Name} without a Platt calibrator, so that its scores are no log-odds.");
        return new SentencePredictor(fitted, calibrator, parts.OfType<LinearBinaryModelParameters>().FirstOrDefault());
    }

    public double Logit(ReadOnlySpan<Feature> features)
    {
        if (Linear is not null)
            return Linear.Logit(features);
        var session = _sessions.Value.Rent();
        var logit = session.Score(features.ToArray())[0];
        _sessions.Value.Return(session);
        return logit;
    }
}
