using System.Globalization;
using System.Text;
using Moderation.Annotation;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Ablations;

/// <summary>Trains a model without one group of features or one step after another, and writes what each is worth into a table that the model card takes in.</summary>
public static class AblationRun
{
    /// <summary>Lies beside the model card.</summary>
    public const string FileName = "ablation.md";

    /// <summary>Thresholds among which a model's best F1 is looked for: what is left out may shift all confidences.</summary>
    private static readonly double[] Thresholds = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

    public static IReadOnlyList<string> Names { get; } = [.. Ablation.All.Select(ablation => ablation.Name)];

    /// <summary>Takes as long as so many trainings and one. The table is written anew after each, so that what is there is whole at any moment.</summary>
    /// <param name="dataFolder">The training data.</param>
    /// <param name="names">What to leave out, of <see cref="Names"/>; all of them if there are none.</param>
    /// <param name="tablePath">Where the table goes.</param>
    /// <param name="progress">Is told each step as it begins.</param>
    public static void Run(string dataFolder, IReadOnlyCollection<string> names, string tablePath, Action<string> progress)
    {
        var validation = CorpusReader.ReadFolder(Path.Combine(dataFolder, "articles")).Where(article => Split.Of(article.Id) == Part.Validation).ToList();
        var whole = BestOf(dataFolder, Ablation.None, validation, progress);
        var rows = new StringBuilder();
        Append(rows, "nothing", whole, null);
        foreach (var ablation in Ablation.All.Where(ablation => names.Count == 0 || names.Contains(ablation.Name)))
        {
            Append(rows, ablation.Name, BestOf(dataFolder, ablation, validation, progress), whole);
            File.WriteAllText(tablePath, Heading(validation.Count) + rows);
        }
    }

    private static EvaluationRun BestOf(string dataFolder, Ablation without, List<LabelledArticle> validation, Action<string> progress)
    {
        var model = TrainingRun.Train(dataFolder, without, step => progress($"without {without.Name}: {step}"));
        var annotator = Annotator.Load(model.ToBytes(), $"model without {without.Name}");
        return Thresholds.Select(threshold => EvaluationRun.Of(annotator.With(new Profile("tried", threshold, 1) { AllVoices = without.Voices }), validation)).MaxBy(run => run.All.F1)!;
    }

    private static string Heading(int articles) => string.Create(CultureInfo.InvariantCulture,
        $"Trained without one thing at a time and measured on the {articles} validation articles, each at the threshold of its best F1; the difference with its 95% interval (paired bootstrap over articles). Written by `moderation train --ablate`.\n\n| without | precision | recall | F1 | difference | same label | calibration error |\n|---|---|---|---|---|---|---|\n");

    private static void Append(StringBuilder rows, string name, EvaluationRun run, EvaluationRun? whole)
    {
        var all = run.All;
        var difference = "";
        if (whole is not null)
        {
            var f1 = ModelComparison.Of(run, whole).Figures.Single(figure => figure.Name == "F1");
            difference = string.Create(CultureInfo.InvariantCulture, $"{f1.Difference:+0.000;−0.000;0.000} ({f1.Low:+0.000;−0.000;0.000} to {f1.High:+0.000;−0.000;0.000})");
        }

        rows.Append(CultureInfo.InvariantCulture, $"| {name} | {all.Precision:F3} | {all.Recall:F3} | {all.F1:F3} | {difference} | {all.SameLabelShare:F3} | {all.CalibrationError:F3} |\n");
    }
}
