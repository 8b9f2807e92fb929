using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moderation.Annotation;
using Moderation.Annotation.Results;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;

namespace Moderation.Training;

/// <summary>
/// Keeps the figures in the model card true: training writes what it measured between two marks of the card and leaves the rest, which people
/// write, alone.
/// </summary>
public static class ModelCard
{
    public const string FileName = "README.md";

    private const string Begin = "<!-- figures: written by `moderation train` -->", End = "<!-- end of figures -->";

    /// <summary>Writes the model's hash, the training data's size and the figures on the validation and test articles into the card.</summary>
    public static void UpdateFigures(string cardPath, string dataFolder, string modelPath)
    {
        var card = File.Exists(cardPath) ? File.ReadAllText(cardPath) : $"# Model card\n\n{Begin}\n{End}\n";
        var from = card.IndexOf(Begin, StringComparison.Ordinal);
        var to = card.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new IOException($"{cardPath} has lost the marks '{Begin}' and '{End}' between which the figures go; put them back.");
        File.WriteAllText(cardPath, card[..(from + Begin.Length)] + "\n" + Figures(dataFolder, modelPath) + AblationTable(cardPath) + card[to..]);
    }

    /// <summary>What an ablation run left beside the card, if there was one.</summary>
    private static string AblationTable(string cardPath)
    {
        var table = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(cardPath))!, AblationRun.FileName);
        return File.Exists(table) ? $"What each part is worth. {File.ReadAllText(table).TrimEnd()}\n\n" : "";
    }

    private static string Figures(string dataFolder, string modelPath)
    {
        var bytes = File.ReadAllBytes(modelPath);
        var annotator = Annotator.Load(bytes, modelPath);
        var articles = CorpusReader.ReadFolder(Path.Combine(dataFolder, "articles"));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\nFile SHA-256 `{Convert.ToHexStringLower(SHA256.HashData(bytes))}`, {bytes.Length / 1024} KiB. ");
        text.Append(CultureInfo.InvariantCulture, $"Training data: {articles.Count} articles, {articles.Sum(a => a.Spans.Count)} flagged spans. ");
        text.Append(CultureInfo.InvariantCulture, $"Thresholds of the profile `{Profile.Default}`: suggest {annotator.Engine.Thresholds["suggest"]:F3}, confirm {annotator.Engine.Thresholds["confirm"]:F3}.\n\n");
        text.Append("| part | articles | precision | recall | same family | same label | calibration error |\n|---|---|---|---|---|---|---|\n");
        var parts = new[] { Part.Validation, Part.Test }.Select(part => (Part: part, Run: EvaluationRun.Of(annotator, [.. articles.Where(a => Split.Of(a.Id) == part)]))).ToList();
        foreach (var (part, run) in parts)
        {
            var all = run.All;
            text.Append(CultureInfo.InvariantCulture, $"| {part.ToString().ToLowerInvariant()} | {run.Articles} | {all.Precision:F3} | {all.Recall:F3} | {all.SameFamilyShare:F3} | {all.SameLabelShare:F3} | {all.CalibrationError:F3} |\n");
        }

        text.Append("\nBy label, on the test articles:\n\n| label | faults | found | same label | flags | precision |\n|---|---|---|---|---|---|\n");
        foreach (var row in parts[^1].Run.ByLabel)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Label.Name()} | {row.Gold} | {row.Recall:F2} | {row.SameLabelShare:F2} | {row.Flags} | {row.Precision:F2} |\n");
        AppendAgreement(text, dataFolder);
        return text.Append('\n').ToString();
    }

    /// <summary>How far two people agree on the same articles: what the model is held against.</summary>
    private static void AppendAgreement(StringBuilder text, string dataFolder)
    {
        var second = Path.Combine(dataFolder, "second-annotation");
        if (!Directory.Exists(second))
            return;
        var settledFile = Path.Combine(dataFolder, "settled", "labels.tsv");
        var settled = File.Exists(settledFile) ? SettledLabel.Read(settledFile) : [];
        var agreement = Agreement.OfFolders(Path.Combine(dataFolder, "articles"), second, settled);
        text.Append(CultureInfo.InvariantCulture, $"\nTwo annotators who did not see each other's flags, on {agreement.Articles} articles (F1 by overlap): ");
        text.Append(CultureInfo.InvariantCulture, $"any flag {agreement.Spans.F1:F3}, same family {agreement.SameFamily.F1:F3}, same label {agreement.SameLabel.F1:F3}. ");
        text.Append(CultureInfo.InvariantCulture, $"Since then {settled.Count} of their disagreements over a label were settled; the figures are those from before.\n\n");
        text.Append("| label | spans of both | flagged by both | under the same label |\n|---|---|---|---|\n");
        foreach (var row in agreement.ByLabel)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Label.Name()} | {row.Spans.First + row.Spans.Second} | {row.Spans.F1:F2} | {row.SameLabel.F1:F2} |\n");
    }
}
