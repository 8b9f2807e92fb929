using System.CommandLine;
using System.Diagnostics;
using Moderation.Training;
using Moderation.Training.Corpus;
using Moderation.Training.Learners;
using Moderation.Worker.Hosting;
using Moderation.Worker.Models;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation train</c>: builds <c>models/</c> from <c>training-data/</c>.</summary>
public static class TrainCommand
{
    private const string BuiltIn = "built-in", MLNet = "mlnet", All = "all";

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of labelled articles and lexicons", DefaultValueFactory = static _ => new DirectoryInfo("training-data"), HelpName = "FOLDER" };
        var output = new Option<DirectoryInfo>("--output", "-o") { Description = "Folder that the model and its card are written to", DefaultValueFactory = static _ => new DirectoryInfo("models"), HelpName = "FOLDER" };
        var engine = new Option<string>("--engine") { Description = "What learns the sentence models: built-in, mlnet, or all, one after the other, to compare them", DefaultValueFactory = static _ => BuiltIn, HelpName = "ENGINE" };
        engine.AcceptOnlyFromAmong(BuiltIn, MLNet, All);
        var trainer = new Option<string[]>("--trainer") { Description = $"With mlnet or all: which ML.NET trainers, of {string.Join(", ", MLNetBackend.TrainerNames)} [default: sdca; with all, every one there is]", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        trainer.AcceptOnlyFromAmong(MLNetBackend.TrainerNames);
        var command = new Command("train", "Build the model from labelled articles. The same data gives the same bytes.") { data, output, engine, trainer };
        command.Validators.Add(result =>
        {
            if (result.GetValue(trainer) is { Length: > 0 } && result.GetValue(engine) is null or BuiltIn)
                result.AddError("--trainer names an ML.NET trainer: add --engine mlnet.");
        });
        command.SetAction(parsed =>
        {
            var trainers = (parsed.GetValue(trainer), parsed.GetRequiredValue(engine)) switch
            {
                (_, BuiltIn) => [],
                ({ Length: > 0 } named, _) => named,
                (_, MLNet) => ["sdca"],
                _ => MLNetBackend.AvailableTrainers.ToArray(),
            };
            return Run(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.GetRequiredValue(engine) != MLNet, trainers, parsed.InvocationConfiguration);
        });
        return command;
    }

    private static int Run(DirectoryInfo data, DirectoryInfo output, bool builtIn, string[] trainers, InvocationConfiguration console)
    {
        if (!data.Exists)
            throw new CommandFailedException($"there is no folder {data.FullName}: name the training data with --data.");
        // Asked for now, so that what this program cannot do ends it before it trains for minutes.
        var learners = trainers.Select(name => (Name: name, Learner: MLNetBackend.Learner(name))).ToList();
        var clock = Stopwatch.StartNew();
        void Tell(string step) => console.Error.WriteLine($"{clock.Elapsed.TotalSeconds,5:F0} s  {step}");
        try
        {
            if (learners.Count == 0)
            {
                Save(TrainingRun.Train(data.FullName, Tell), data, output, Tell);
                return ExitCodes.Done;
            }

            Tell("reading the training data");
            var comparison = new EngineComparison(TrainingData.Read(data.FullName), data.FullName, console.Output);
            if (builtIn)
            {
                var trained = comparison.Train(new BuiltInSentenceLearner(), TrainingRun.ModelName, Tell);
                comparison.Add(BuiltIn, trained, Save(trained.File, data, output, Tell), Tell);
            }

            foreach (var (name, learner) in learners)
            {
                Tell($"ML.NET, {name}");
                var trained = comparison.Train(learner, $"{TrainingRun.ModelName}-mlnet-{name}", Tell);
                var path = Path.Combine(output.FullName, $"{TrainingRun.ModelName}.{name}.zip");
                MLNetBackend.Save(trained, path);
                Tell($"wrote {path} ({new FileInfo(path).Length / 1024} KiB)");
                comparison.Add($"ML.NET {name}", trained, path, Tell);
                if (trained.IsWhole)
                {
                    var exported = Path.ChangeExtension(path, ".model");
                    TrainingRun.Save(trained.File, exported);
                    Tell($"wrote {exported} ({new FileInfo(exported).Length / 1024} KiB), the same in the built-in format");
                    comparison.Add($"ML.NET {name}, exported", trained, exported, Tell);
                }
            }

            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is CorpusFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }
    }

    private static string Save(Annotation.Detection.ModelFile model, DirectoryInfo data, DirectoryInfo output, Action<string> tell)
    {
        var path = Path.Combine(output.FullName, ModelLocation.Name);
        TrainingRun.Save(model, path);
        ModelCard.UpdateFigures(Path.Combine(output.FullName, ModelCard.FileName), data.FullName, path);
        tell($"wrote {path} ({new FileInfo(path).Length / 1024} KiB) and its card");
        return path;
    }
}
