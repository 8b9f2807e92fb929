using System.Globalization;
using System.Text;
using Moderation.Annotation.Results;
using Moderation.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Learners;
using Moderation.Worker.Benchmarks;

namespace Moderation.Worker.Commands;

/// <summary>Trains with one learner after the other from the same data, and puts what their models come to side by side.</summary>
internal sealed class EngineComparison(TrainingData data, string folder)
{
    private const int SpeedRounds = 3;

    private readonly StringBuilder _rows = new();

    public TrainedModel Train(ISentenceLearner learner, string name, Action<string> progress) => TrainingRun.Train(data, learner, name, progress);

    /// <summary>Measures the model in that file on the test articles, and its speed on one core.</summary>
    public void Add(string name, TrainedModel trained, string path, Action<string> progress)
    {
        progress($"measuring {name}");
        var annotator = AnnotatorFactory.Load(path, Profile.Default, allVoices: false);
        var test = EvaluationRun.Of(annotator, [.. data.Labelled(Part.Test)]).All;
        var auc = FirstPassQuality.AreaUnderCurve(data, Part.Test, trained.FirstPass);
        var speed = SpeedBench.Run(annotator, BenchTexts.Read(Path.Combine(folder, "articles")), SpeedRounds).ArticlesPerSecond;
        _rows.Append(CultureInfo.InvariantCulture, $"| {name} | {test.Precision:F3} | {test.Recall:F3} | {auc:F3} | {trained.FirstPassTime.TotalSeconds:F0} s | {speed:N0} | {new FileInfo(path).Length / 1024} KiB | {(trained.IsWhole ? "exact" : "exact for spans; sentence scores are the trees'")} |\n");
    }

    public string ToMarkdown() => "| sentence models | precision | recall | sentence AUC | training | articles/s | file | evidence |\n|---|---|---|---|---|---|---|---|\n" + _rows;
}
