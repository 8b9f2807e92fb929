using System.Globalization;
using Moderation.Annotation.Results;
using Moderation.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;
using Moderation.Training.Learners;
using Moderation.Worker.Benchmarks;

namespace Moderation.Worker.Commands;

/// <summary>Trains with one learner after the other from the same data, and puts what their models come to side by side.</summary>
internal sealed class EngineComparison(TrainingData data, string folder, TextWriter output)
{
    private const int SpeedRounds = 3;

    private bool _hasBegun;

    public TrainedModel Train(ISentenceLearner learner, string name, Action<string> progress) => TrainingRun.Train(data, learner, name, progress);

    /// <summary>Measures the model in that file on the test articles, and its speed on one core, and adds its row to the table.</summary>
    public void Add(string name, TrainedModel trained, string path, Action<string> progress)
    {
        progress($"measuring {name}");
        var annotator = AnnotatorFactory.Load(path, Profile.Default, allVoices: false);
        var test = EvaluationRun.Of(annotator, [.. data.Labelled(Part.Test)]).All;
        var auc = FirstPassQuality.AreaUnderCurve(data, Part.Test, trained.FirstPass);
        var speed = SpeedBench.Run(annotator, BenchTexts.Read(Path.Combine(folder, "articles")), SpeedRounds).ArticlesPerSecond;
        if (!_hasBegun)
            output.Write("| sentence models | precision | recall | sentence AUC | training | articles/s | file | evidence |\n|---|---|---|---|---|---|---|---|\n");
        _hasBegun = true;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"| {name} | {test.Precision:F3} | {test.Recall:F3} | {auc:F3} | {trained.FirstPassTime.TotalSeconds:F0} s | {speed:N0} | {new FileInfo(path).Length / 1024} KiB | {(trained.IsWhole ? "exact" : "exact for spans, but the sentence scores in it are the trees'")} |\n"));
    }
}
