using System.CommandLine;
using Moderation.Annotation.Results;
using Moderation.Worker.Benchmarks;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation bench</c>: measures speed, memory and the like in one run, ratios side by side.</summary>
public static class BenchCommand
{
    private static readonly string[] AllParts = ["speed", "write-good", "cores", "memory", "growth", "latency", "start", "broker"];

    public static Command Create()
    {
        var settings = new WorkerSettings();
        var articles = new Option<string>("--articles") { Description = "Folder of labelled articles to take the texts from", DefaultValueFactory = static _ => Path.Combine("training-data", "articles"), HelpName = "FOLDER" };
        var model = new Option<string?>("--model") { Description = "Model file (default: the one that annotate uses)", HelpName = "FILE" };
        var parts = new Option<string[]>("--only") { Description = $"Parts to measure: {string.Join(", ", AllParts)} (default: all, the broker where --uri is given)", HelpName = "PART", AllowMultipleArgumentsPerToken = true };
        parts.AcceptOnlyFromAmong(AllParts);
        var writeGood = new Option<string?>("--write-good") { Description = "Folder of the npm package write-good, to compare with", HelpName = "FOLDER" };
        var rounds = new Option<int>("--rounds") { Description = "Rounds over all texts; the best counts", DefaultValueFactory = static _ => 10, HelpName = "N" };
        var seconds = new Option<int>("--seconds") { Description = "Length of each part that measures by the clock", DefaultValueFactory = static _ => 20, HelpName = "N" };
        var many = new Option<int>("--memory-articles") { Description = "Articles that memory is watched over", DefaultValueFactory = static _ => 100_000, HelpName = "N" };
        var messages = new Option<int>("--messages") { Description = "Messages through the broker in each run", DefaultValueFactory = static _ => 5_000, HelpName = "N" };
        var report = new Option<string?>("--report") { Description = "Also write FILE.md and FILE.json", HelpName = "FILE" };
        foreach (var count in new[] { rounds, seconds, many, messages })
        {
            count.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && !result.Errors.Any() && result.GetValueOrDefault<int>() < 1)
                    result.AddError($"{count.Name} must be 1 or more.");
            });
        }

        var command = new Command("bench", "Measure speed, memory, latency and start, against the project's bars.") { articles, model, parts, writeGood, rounds, seconds, many, messages, report };
        settings.AddTo(command, SettingsFor.Broker);
        command.SetAction((parsed, cancellation) => WorkerErrors.ReportAsync(async () =>
        {
            var wanted = parsed.GetValue(parts) is { Length: > 0 } chosen ? chosen : AllParts;
            var path = parsed.GetValue(model) ?? ModelLocation.FindDefault();
            var annotator = AnnotatorFactory.Load(path, AnnotateCommand.DefaultProfile, allVoices: false);
            var texts = BenchTexts.Read(parsed.GetRequiredValue(articles));
            var result = new BenchReport(Describe(annotator.Engine), "moderation bench");
            var duration = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            double? speed = null;
            foreach (var part in AllParts.Where(wanted.Contains))
            {
                await Console.Error.WriteLineAsync($"measuring: {part}");
                switch (part)
                {
                    case "speed":
                        (var figures, speed, _) = SpeedBench.Run(annotator, texts, parsed.GetValue(rounds));
                        result.Add(figures);
                        break;
                    case "write-good" when parsed.GetValue(writeGood) is { } folder:
                        result.Add(WriteGoodBench.Run(folder, texts, 3, speed ?? SpeedBench.Run(annotator, texts, parsed.GetValue(rounds)).MegabytesPerSecond));
                        break;
                    case "write-good":
                        result.Note("Not compared with write-good: install it with `npm install write-good` in a folder of your own and give `--write-good FOLDER/node_modules/write-good`.");
                        break;
                    case "cores":
                        result.Add(CoresBench.Run(annotator, texts, duration));
                        break;
                    case "growth":
                        result.Add(GrowthBench.Run(annotator, texts));
                        break;
                    case "latency":
                        result.Add(LatencyBench.Run(annotator, texts, duration));
                        break;
                    case "start":
                        result.Add(await StartBench.RunAsync(path!, cancellation));
                        break;
                    case "memory":
                        result.Add(MemoryBench.Run(annotator, texts, parsed.GetValue(many)));
                        break;
                    case "broker" when settings.Read(parsed) is { Count: > 0 } broker:
                        result.Add(await BrokerBench.RunAsync(annotator, texts, parsed.GetValue(messages), broker, settings.ConfigFile(parsed), cancellation));
                        break;
                    default:
                        result.Note("Not measured over a broker: give its address with `--uri`.");
                        break;
                }
            }

            var now = TimeProvider.System.GetUtcNow();
            await parsed.InvocationConfiguration.Output.WriteAsync(result.ToMarkdown(now));
            if (parsed.GetValue(report) is { } file)
            {
                await File.WriteAllTextAsync(file + ".md", result.ToMarkdown(now), cancellation);
                await File.WriteAllTextAsync(file + ".json", result.ToJson(now), cancellation);
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static string Describe(EngineDescription engine) => $"moderation {engine.Version}, model {engine.Model.Name} {engine.Model.Version} ({engine.Model.Sha256[..12]})";
}
