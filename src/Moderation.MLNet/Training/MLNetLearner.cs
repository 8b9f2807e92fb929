using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.MLNet.Scoring;
using Moderation.Training;
using Moderation.Training.Learners;

namespace Moderation.MLNet.Training;

/// <summary>Learns the first pass with one of ML.NET's trainers, from the same examples and features as the built-in learner.</summary>
/// <remarks>One thread a model, and a seed, so that the same examples give the same model.</remarks>
public sealed class MLNetLearner(Trainer trainer) : ISentenceLearner
{
    private const float L2 = 1;

#if FAST_TREE || LIGHT_GBM
    /// <summary>As ML.NET's FastTree has them by itself; its other defaults, 20 leaves of 10 examples or more, stand for both.</summary>
    private const int Trees = 100;

    private const double TreeLearningRate = 0.2;
#endif

    public ISentenceModel Learn(SparseExamples examples, IReadOnlyList<int> chosen, float[] targets)
    {
        var context = new MLContext(seed: 1);
        var rows = Rows(examples, chosen, targets);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[SparseFeatures.Column].ColumnType = SparseFeatures.Type;
        var data = context.Data.LoadFromEnumerable(rows, schema);
        return SentencePredictor.Of(Estimator(context, rows.Count).Fit(data));
    }

    /// <summary>Linear models are scored the built-in way while others train on what they say: it gives the same and is faster.</summary>
    public ISentenceScorer Combine(IReadOnlyList<IReadOnlyList<ISentenceModel>> models)
    {
        SentencePredictor[][] predictors = [.. models.Select(views => views.Cast<SentencePredictor>().ToArray())];
        LinearSentenceModel[][] linear = Array.ConvertAll(predictors, views => views.Select(model => model.Linear).OfType<LinearSentenceModel>().ToArray());
        var isLinear = linear.Zip(predictors).All(pair => pair.First.Length == pair.Second.Length);
        return new TrainedFirstPass(predictors, isLinear ? LinearSentenceModel.Scorer(linear) : new MLNetSentenceScorer(FirstPassModel.Of(predictors)));
    }

    private IEstimator<ITransformer> Estimator(MLContext context, int examples)
    {
        var trainers = context.BinaryClassification.Trainers;
        return trainer switch
        {
            // SDCA weighs the mean of the losses where the others weigh their sum.
            Trainer.Sdca => trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                ExampleWeightColumnName = nameof(Example.Weight), L2Regularization = L2 / examples, L1Regularization = 0, ConvergenceTolerance = 0.01f, MaximumNumberOfIterations = 100, NumberOfThreads = 1,
            }),
            Trainer.Lbfgs => trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                ExampleWeightColumnName = nameof(Example.Weight), L2Regularization = L2, L1Regularization = 0, OptimizationTolerance = 1e-5f, MaximumNumberOfIterations = 200, NumberOfThreads = 1,
            }),
            Trainer.Perceptron => trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options { NumberOfIterations = 10 }).Append(context.BinaryClassification.Calibrators.Platt()),
#if FAST_TREE
            Trainer.FastTree => trainers.FastTree(new Microsoft.ML.Trainers.FastTree.FastTreeBinaryTrainer.Options
            {
                ExampleWeightColumnName = nameof(Example.Weight), NumberOfTrees = Trees, LearningRate = TreeLearningRate, NumberOfThreads = 1,
            }),
#endif
#if LIGHT_GBM
            Trainer.LightGbm => trainers.LightGbm(new Microsoft.ML.Trainers.LightGbm.LightGbmBinaryTrainer.Options
            {
                ExampleWeightColumnName = nameof(Example.Weight), NumberOfIterations = Trees, NumberOfLeaves = 20, MinimumExampleCountPerLeaf = 10, LearningRate = TreeLearningRate, NumberOfThreads = 1, Deterministic = true,
            }),
#endif
            _ => throw new InvalidOperationException($"This program was built without the trainer '{trainer.Name()}'."),
        };
    }

    /// <summary>
    /// ML.NET's labels are yes or no: a target between becomes two examples of that weight, which to a logistic loss is the same. The
    /// perceptron knows no weights, and takes the likelier of the two.
    /// </summary>
    private List<Example> Rows(SparseExamples examples, IReadOnlyList<int> chosen, float[] targets)
    {
        var (numbers, _) = examples.NumberRows(chosen, SparseFeatures.Slots, MinOccurrences);
        var isUsed = Array.ConvertAll(numbers, static number => number >= 0);
        var rows = new List<Example>(chosen.Count);
        foreach (var index in chosen)
        {
            VBuffer<float> features = default;
            SparseFeatures.Read(examples[index].ToArray(), isUsed, ref features);
            var target = trainer == Trainer.Perceptron ? MathF.Round(targets[index], MidpointRounding.AwayFromZero) : targets[index];
            if (target > 0)
                rows.Add(new Example { Label = true, Weight = target, Features = features });
            if (target < 1)
                rows.Add(new Example { Label = false, Weight = 1 - target, Features = features });
        }

        return rows;
    }

    /// <summary>Trees split on a slot only where many examples have it; leaving the others out saves most of the time.</summary>
    private int MinOccurrences => trainer is Trainer.FastTree or Trainer.LightGbm ? 10 : DetectionTrainer.SentenceMinOccurrences;

    /// <summary>One training example, as ML.NET reads it.</summary>
    private sealed class Example
    {
        public bool Label { get; set; }

        public float Weight { get; set; }

        public VBuffer<float> Features { get; set; }
    }
}
