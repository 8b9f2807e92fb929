using System.CommandLine;
using Moderation.Annotation.Results;
using Moderation.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation evaluate</c>: measures a model on labelled files.</summary>
public static class EvaluateCommand
{
    public static Command Create()
    {
        var files = new Argument<FileSystemInfo[]>("FILE") { Description = "Labelled articles, or folders of them", Arity = ArgumentArity.OneOrMore };
        var part = new Option<string>("--part") { Description = "Which articles of the fixed split: all, train, validation, test", DefaultValueFactory = static _ => "all", HelpName = "PART" };
        part.AcceptOnlyFromAmong("all", "train", "validation", "test");
        var model = new Option<FileInfo>("--model") { Description = "Model file (default: the one that annotate uses)", HelpName = "FILE" };
        var profile = new Option<string>("--profile") { Description = "Thresholds to measure at", DefaultValueFactory = static _ => AnnotateCommand.DefaultProfile, HelpName = "NAME" };
        var command = new Command("evaluate", "Measure a model on labelled articles.") { files, part, model, profile };
        command.SetAction((parsed, cancellation) =>
        {
            var articles = Read(parsed.GetRequiredValue(files), parsed.GetRequiredValue(part));
            var annotator = AnnotatorFactory.Load(parsed.GetValue(model)?.FullName, parsed.GetRequiredValue(profile), allVoices: false);
            Write(EvaluationRun.Of(annotator, articles, cancellation), parsed.InvocationConfiguration.Output);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static List<LabelledArticle> Read(FileSystemInfo[] files, string part)
    {
        if (files.FirstOrDefault(static file => !file.Exists) is { } missing)
            throw new CommandFailedException($"there is no file or folder {missing.FullName}.");
        try
        {
            var articles = files
                .SelectMany(file => file is DirectoryInfo ? CorpusReader.ReadFolder(file.FullName) : [CorpusReader.Read(file.FullName, File.ReadAllText(file.FullName))])
                .Where(article => part == "all" || string.Equals(Split.Of(article.Id).ToString(), part, StringComparison.OrdinalIgnoreCase))
                .ToList();
            return articles.Count > 0 ? articles : throw new CommandFailedException($"none of the files is a labelled article of the part '{part}'.");
        }
        catch (Exception exception) when (exception is CorpusFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }
    }

    private static void Write(EvaluationRun run, TextWriter output)
    {
        var all = run.All;
        output.WriteLine($"{run.Articles} articles, {all.Gold} faults, {all.Flags} flags");
        output.WriteLine($"precision {all.Precision:F3}  recall {all.Recall:F3}  same family {all.SameFamilyShare:F3}  same label {all.SameLabelShare:F3}  calibration error {all.CalibrationError:F3}");
        output.WriteLine();
        output.WriteLine("label                    faults  found  same label  flags  precision");
        foreach (var row in run.ByLabel)
            output.WriteLine($"{row.Label.Name(),-24} {row.Gold,6}  {row.Recall,5:F2}  {row.SameLabelShare,10:F2}  {row.Flags,5}  {row.Precision,9:F2}");
        output.WriteLine();
        output.WriteLine("confidence   flags  mean   right");
        foreach (var row in run.Reliability)
            output.WriteLine($"{row.From:F1} to {row.To:F1}  {row.Flags,6}  {row.MeanConfidence:F2}  {row.ShareRight,6:F2}");
    }
}
