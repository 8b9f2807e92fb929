using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Moderation.Annotation;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;
using Moderation.Training.Evaluation;
using Moderation.Worker.Hosting;
using Moderation.Worker.Models;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation calibrate</c>: writes a profile for a review budget, a precision or a recall.</summary>
public static class CalibrateCommand
{
    /// <summary>Articles under which a figure is called uncertain.</summary>
    private const int FewArticles = 50;

    public static Command Create()
    {
        var files = new Argument<FileSystemInfo[]>("FILE") { Description = "The outlet's articles, or folders of them: as annotate takes them for a budget, labelled ones for a precision or recall", Arity = ArgumentArity.OneOrMore };
        var flags = new Option<double?>("--flags-per-day") { Description = "Review budget: at most so many flags a day, on average", HelpName = "N" };
        var published = new Option<double?>("--articles-per-day") { Description = "How many articles the outlet publishes a day", HelpName = "N" };
        var precision = new Option<double?>("--precision") { Description = "Share of the flags that must be right, over 0 and under 1", HelpName = "P" };
        var recall = new Option<double?>("--recall") { Description = "Share of the faults that must be found, over 0 and under 1", HelpName = "R" };
        var part = new Option<string>("--part") { Description = "Which labelled articles of the fixed split: all, train, validation, test", DefaultValueFactory = static _ => "all", HelpName = "PART" };
        part.AcceptOnlyFromAmong("all", "train", "validation", "test");
        var name = new Option<string?>("--name") { Description = "The profile's name in results (default: that of the output file)", HelpName = "NAME" };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "Where the profile goes (default: standard output)", HelpName = "FILE.json" };
        var model = new Option<FileInfo>("--model") { Description = "Model file (default: the one that annotate uses)", HelpName = "FILE" };
        foreach (var count in new[] { flags, published })
            count.Validators.Add(static result => Check(result, value => value > 0, "must be over 0"));
        foreach (var share in new[] { precision, recall })
            share.Validators.Add(static result => Check(result, value => value is > 0 and < 1, "must be over 0 and under 1"));
        output.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var path }] && !ProfileFile.IsFileName(path))
                result.AddError("--output must end in .json: by that a profile file is known wherever a profile is named.");
        });
        var command = new Command("calibrate", "Write a profile: thresholds that keep to a review budget, or reach a precision or a recall. Name the file with --profile or in the settings.")
        {
            files, flags, published, precision, recall, part, name, output, model,
        };
        command.Validators.Add(result =>
        {
            var goals = new Option<double?>[] { flags, precision, recall }.Count(goal => result.GetResult(goal) is not null);
            if (goals != 1)
                result.AddError("Give one goal: --flags-per-day with --articles-per-day, --precision, or --recall.");
            else if (result.GetResult(flags) is not null != result.GetResult(published) is not null)
                result.AddError("--flags-per-day and --articles-per-day go together: a budget a day says nothing of an article without knowing how many there are.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var target = parsed.GetValue(output);
            var called = parsed.GetValue(name) ?? (target is null ? "own" : Path.GetFileNameWithoutExtension(target.Name));
            var annotator = AnnotatorFactory.Load(parsed.GetValue(model)?.FullName, Profile.Default, allVoices: false);
            var error = parsed.InvocationConfiguration.Error;
            var inputs = parsed.GetRequiredValue(files);
            var (profile, basis) = parsed.GetValue(flags) is { } budget
                ? ForBudget(annotator, await ReadAsync(inputs, error, cancellation), called, budget, parsed.GetValue(published)!.Value, cancellation)
                : ForShare(annotator, inputs, parsed.GetRequiredValue(part), called, parsed.GetValue(precision), parsed.GetValue(recall), cancellation);
            var file = new ProfileFile(profile.Name, profile.Suggest, profile.Confirm, annotator.Engine.Model.Sha256, basis);
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{profile.Name}: suggest {profile.Suggest:0.000}, confirm {profile.Confirm:0.000}. {basis}"));
            if (target is null)
                await parsed.InvocationConfiguration.Output.WriteAsync(file.ToJson());
            else
                await SaveAsync(target, file, error, cancellation);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Check(OptionResult result, Func<double, bool> holds, string rule)
    {
        if (!result.Errors.Any() && result.GetValueOrDefault<double?>() is { } value && !holds(value))
            result.AddError($"{result.Option.Name} {rule}.");
    }

    private static (Profile Profile, string Basis) ForBudget(Annotator annotator, List<Article> articles, string name, double budget, double published, CancellationToken cancellation)
    {
        if (ProfileSearch.ForBudget(annotator, articles, name, budget / published, cancellation) is not { } profile)
            throw new CommandFailedException(string.Create(CultureInfo.InvariantCulture, $"even the strictest thresholds give more than {budget:0.##} flags a day at {published:0.##} articles a day. Raise the budget."));
        var (mean, variance) = ProfileSearch.Spread(annotator, articles, profile, cancellation);
        // Nine days in ten lie under the mean plus 1.28 standard deviations of a day's sum.
        var busy = mean * published + 1.28 * Math.Sqrt(variance * published);
        return (profile, string.Create(CultureInfo.InvariantCulture,
            $"For at most {budget:0.##} flags a day at {published:0.##} articles a day: {mean * published:0.0} a day on average, {busy:0} or fewer on nine days in ten, going by {articles.Count} articles{Caution(articles.Count)}"));
    }

    private static (Profile Profile, string Basis) ForShare(Annotator annotator, FileSystemInfo[] files, string part, string name, double? precision, double? recall, CancellationToken cancellation)
    {
        var articles = LabelledFiles.Read(files, part);
        if (articles.All(article => article.Spans.Count == 0))
            throw new CommandFailedException("no article has a label: a precision or recall can only be reached on labelled ones. For unlabelled articles give a budget, --flags-per-day.");
        var profile = precision is { } wanted ? ProfileSearch.ForPrecision(annotator, articles, name, wanted, cancellation) : ProfileSearch.ForRecall(annotator, articles, name, recall!.Value, cancellation);
        var goal = string.Create(CultureInfo.InvariantCulture, $"{(precision is null ? "recall" : "precision")} {precision ?? recall:0.###}");
        if (profile is null)
            throw new CommandFailedException($"no threshold reaches {goal} on these {articles.Count} articles{(precision is null ? "" : $" with at least {ProfileSearch.MinFlags} flags")}. Ask for less.");
        var reached = EvaluationRun.Of(annotator.With(profile), articles, cancellation).All;
        return (profile, string.Create(CultureInfo.InvariantCulture,
            $"For {goal}: precision {reached.Precision:0.000} and recall {reached.Recall:0.000} on {articles.Count} labelled articles, {reached.Flags} flags{Caution(articles.Count)}"));
    }

    private static string Caution(int articles) => articles < FewArticles ? "; so few that it is uncertain." : ".";

    private static async Task<List<Article>> ReadAsync(FileSystemInfo[] files, TextWriter error, CancellationToken cancellation)
    {
        if (files.FirstOrDefault(static file => !file.Exists) is { } missing)
            throw new CommandFailedException($"there is no file or folder {missing.FullName}.");
        var paths = files.SelectMany<FileSystemInfo, string>(static file => file is DirectoryInfo folder
            ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(static inner => inner.FullName).Order(StringComparer.Ordinal)
            : [file.FullName]);
        var inputs = new AnnotateInputs(static () => Stream.Null, InputKind.Unknown) { Limits = InputLimits.ForFiles, ExpectsLines = false };
        var articles = new List<Article>();
        var failed = 0;
        await foreach (var input in inputs.ReadAsync(paths, cancellation))
        {
            var read = input.Read();
            if (read.IsValid)
            {
                articles.Add(read.Article);
                continue;
            }

            failed++;
            await error.WriteLineAsync($"left out: {input.Origin}: {read.Invalid!.Reason}");
        }

        return articles.Count > 0 ? articles : throw new CommandFailedException($"there is no article to calibrate on{(failed > 0 ? ": none of the inputs could be read" : "")}.");
    }

    private static async Task SaveAsync(FileInfo target, ProfileFile file, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            target.Directory?.Create();
            await File.WriteAllTextAsync(target.FullName, file.ToJson(), cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"the profile cannot be written: {exception.Message}", exception);
        }

        await error.WriteLineAsync($"wrote {target.FullName}");
    }
}
