using System.CommandLine;
using System.Globalization;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;
using Moderation.Training.Evaluation;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation evaluate</c>: measures a model on labelled files, reports its worst errors, compares it with another.</summary>
public static class EvaluateCommand
{
    private const int DefaultWorst = 40;

    public static Command Create()
    {
        var files = new Argument<FileSystemInfo[]>("FILE") { Description = "Labelled articles, or folders of them", Arity = ArgumentArity.OneOrMore };
        var part = new Option<string>("--part") { Description = "Which articles of the fixed split: all, train, validation, test", DefaultValueFactory = static _ => "all", HelpName = "PART" };
        part.AcceptOnlyFromAmong("all", "train", "validation", "test");
        var model = new Option<FileInfo>("--model") { Description = "Model file (default: the one that annotate uses)", HelpName = "FILE" };
        var profile = new Option<string>("--profile") { Description = "Thresholds to measure at: a profile of the model, or a file that calibrate wrote", DefaultValueFactory = static _ => Profile.Default, HelpName = "NAME" };
        var compare = new Option<FileInfo>("--compare") { Description = "Another model to measure on the same articles: differences with their intervals, and what one finds and the other does not", HelpName = "FILE" };
        var compareProfile = new Option<string>("--compare-profile") { Description = "The other's thresholds (default: those of --profile). Alone, compares two profiles of one model", HelpName = "NAME" };
        var report = new Option<FileInfo>("--report") { Description = "Also write a page for a browser: figures, reliability, the worst errors in their sentences", HelpName = "FILE.html" };
        var worst = new Option<int>("--worst") { Description = "Most errors of a kind on that page", DefaultValueFactory = static _ => DefaultWorst, HelpName = "N" };
        worst.Validators.Add(static result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
                result.AddError("--worst must be 1 or more.");
        });
        var command = new Command("evaluate", "Measure a model on labelled articles.") { files, part, model, profile, compare, compareProfile, report, worst };
        command.SetAction((parsed, cancellation) =>
        {
            var chosen = parsed.GetRequiredValue(part);
            var articles = LabelledFiles.Read(parsed.GetRequiredValue(files), chosen);
            var run = Measure(parsed.GetValue(model), parsed.GetRequiredValue(profile), articles, cancellation);
            var comparison = parsed.GetValue(compare) is null && parsed.GetValue(compareProfile) is null ? null : ModelComparison.Of(
                run, Measure(parsed.GetValue(compare) ?? parsed.GetValue(model), parsed.GetValue(compareProfile) ?? parsed.GetRequiredValue(profile), articles, cancellation));
            Write(run, parsed.InvocationConfiguration.Output);
            if (comparison is not null)
                Write(comparison, parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(report) is { } page)
                Save(page, EvaluationPage.Render(run, TitleOf(parsed.GetRequiredValue(files), chosen), comparison, parsed.GetValue(worst)), parsed.InvocationConfiguration.Error);
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static EvaluationRun Measure(FileInfo? model, string profile, IReadOnlyList<LabelledArticle> articles, CancellationToken cancellation) =>
        EvaluationRun.Of(AnnotatorFactory.Load(model?.FullName, profile, allVoices: false), articles, cancellation);

    private static string TitleOf(FileSystemInfo[] files, string part) =>
        $"Evaluation on {string.Join(", ", files.Select(static file => file.Name))}{(part == "all" ? "" : $", {part} articles")}";

    private static void Save(FileInfo page, string content, TextWriter error)
    {
        try
        {
            page.Directory?.Create();
            File.WriteAllText(page.FullName, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"the report cannot be written: {exception.Message}", exception);
        }

        error.WriteLine($"wrote {page.FullName}");
    }

    private static void Write(EvaluationRun run, TextWriter output)
    {
        var all = run.All;
        output.WriteLine($"{run.Articles} articles, {all.Gold} faults, {all.Flags} flags");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"precision {all.Precision:F3}  recall {all.Recall:F3}  same family {all.SameFamilyShare:F3}  same label {all.SameLabelShare:F3}  calibration error {all.CalibrationError:F3}"));
        output.WriteLine();
        output.WriteLine("label                    faults  found  same label  flags  right  right label");
        foreach (var row in run.ByLabel)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Label.Name(),-24} {row.Gold,6}  {row.Recall,5:F2}  {row.SameLabelShare,10:F2}  {row.Flags,5}  {row.Precision,5:F2}  {row.LabelPrecision,11:F2}"));
        output.WriteLine();
        output.WriteLine("confidence   flags  mean   right");
        foreach (var row in run.Reliability)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.From:F1} to {row.To:F1}  {row.Flags,6}  {row.MeanConfidence:F2}  {row.ShareRight,6:F2}"));
    }

    private static void Write(ModelComparison comparison, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("compared             this  other  difference  95% interval");
        foreach (var figure in comparison.Figures)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Name,-18}  {figure.Mine:F3}  {figure.Others:F3}  {figure.Difference,10:+0.000;-0.000;0.000}  {figure.Low:+0.000;-0.000;0.000} to {figure.High:+0.000;-0.000;0.000}"));
        output.WriteLine();
        output.WriteLine($"faults found by one only: this {comparison.FoundByMine.Count}, other {comparison.FoundByOther.Count}");
        output.WriteLine($"false flags of one only: this {comparison.FalseOfMine.Count}, other {comparison.FalseOfOther.Count}");
    }
}
