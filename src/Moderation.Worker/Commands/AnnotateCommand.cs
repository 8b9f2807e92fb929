using System.CommandLine;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation annotate</c>: annotates files or standard input.</summary>
public static class AnnotateCommand
{
    public const string DefaultProfile = Profile.Default;

    public static Command Create() => Create(AnnotatorFactory.Load, Console.OpenStandardInput, Console.OpenStandardOutput);

    /// <param name="load">Makes the annotator from model path, profile and "all voices".</param>
    /// <param name="openInput">Opens what "-" names.</param>
    /// <param name="openOutput">Opens where the results go.</param>
    internal static Command Create(Func<string?, string, bool, IAnnotator> load, Func<Stream> openInput, Func<Stream> openOutput)
    {
        var files = new Argument<string[]>("FILE") { Description = "Articles: text, HTML, JSON, or JSON lines; \"-\" is standard input", Arity = ArgumentArity.ZeroOrMore };
        files.Validators.Add(static result =>
        {
            // Otherwise a mistyped option would be looked for as a file.
            foreach (var token in result.Tokens.Where(static token => token.Value.Length > 1 && token.Value[0] == '-'))
                result.AddError($"There is no option {token.Value}. A file of that name is ./{token.Value}.");
        });
        var format = new Option<string>("--format", "-f") { Description = "How results are written: text (for reading), json, jsonl (one line an article), html (one page)", DefaultValueFactory = static _ => "text", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "json", "jsonl", "html");
        var input = new Option<string>("--input", "-i") { Description = "What the inputs are: auto (by file name, then by content), text, html, json, jsonl", DefaultValueFactory = static _ => "auto", HelpName = "KIND" };
        input.AcceptOnlyFromAmong("auto", "text", "html", "json", "jsonl");
        var detail = new Option<string>("--detail") { Description = "flags, or sentences to have every sentence's scores too", DefaultValueFactory = static _ => "flags", HelpName = "DETAIL" };
        detail.AcceptOnlyFromAmong("flags", "sentences");
        var voices = new Option<string>("--voices") { Description = "Whose words are flagged: author, or all to have quoted words too, each with its owner", DefaultValueFactory = static _ => "author", HelpName = "WHOSE" };
        voices.AcceptOnlyFromAmong("author", "all");
        var profile = new Option<string>("--profile") { Description = "Whose thresholds decide what is flagged: news, precision, recall, or a file that calibrate wrote", DefaultValueFactory = static _ => DefaultProfile, HelpName = "NAME" };
        var genre = new Option<string?>("--genre") { Description = "Genre of articles that name none: news, opinion, analysis, review, …", HelpName = "GENRE" };
        var model = new Option<string?>("--model") { Description = "Model file (default: models/" + ModelLocation.Name + " beside the program or above it)", HelpName = "FILE" };
        var color = new Option<string>("--color") { Description = "auto (on a terminal, unless NO_COLOR is set), always, never", DefaultValueFactory = static _ => "auto", HelpName = "WHEN" };
        color.AcceptOnlyFromAmong("auto", "always", "never");
        var maxText = new Option<int>("--max-text-length") { Description = "Longest text that is taken, in UTF-16 code units", DefaultValueFactory = static _ => InputLimits.ForFiles.MaxTextLength, HelpName = "UNITS" };
        maxText.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && result.Errors.Any() is false && result.GetValueOrDefault<int>() <= 0)
                result.AddError("--max-text-length must be 1 or more.");
        });

        var command = new Command("annotate", "Annotate articles. Without FILE, reads standard input.")
        {
            files, format, input, detail, voices, profile, genre, model, color, maxText,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var paths = parsed.GetValue(files) ?? [];
            if (paths.Length == 0)
            {
                if (!Console.IsInputRedirected)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync("error: name a file, or pipe an article in. See moderation annotate --help.");
                    return ExitCodes.WrongUsage;
                }

                paths = ["-"];
            }

            var terminal = TerminalStyle.Detect(parsed.GetRequiredValue(color));
            var annotator = load(parsed.GetValue(model), parsed.GetRequiredValue(profile), parsed.GetValue(voices) == "all");
            await using var output = openOutput();
            var inputs = new AnnotateInputs(openInput, ParseKind(parsed.GetRequiredValue(input)))
            {
                Limits = InputLimits.ForFiles with { MaxTextLength = parsed.GetValue(maxText) },
                ExpectsLines = parsed.GetValue(format) == "jsonl",
            };
            var run = new AnnotateRun(annotator, AnnotateFormat.Of(parsed.GetRequiredValue(format), terminal), output, parsed.InvocationConfiguration.Error)
            {
                Detail = parsed.GetValue(detail) == "sentences" ? Detail.Sentences : Detail.Flags,
                Genre = parsed.GetValue(genre),
            };
            return await run.RunAsync(inputs.ReadAsync(paths, cancellation), cancellation);
        });
        return command;
    }

    private static InputKind ParseKind(string name) => name switch
    {
        "text" => InputKind.Text,
        "html" => InputKind.Html,
        "json" => InputKind.Json,
        "jsonl" => InputKind.JsonLines,
        _ => InputKind.Unknown,
    };
}
