using System.CommandLine;
using System.Diagnostics;
using Moderation.Training;
using Moderation.Training.Ablations;
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
        var ablate = new Option<string[]>("--ablate")
        {
            Description = $"Build no model, but train without one thing after another and write what each is worth to {AblationRun.FileName} beside the card. Takes a training each; without NAME, all: {string.Join(", ", AblationRun.Names)}",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME",
        };
        ablate.AcceptOnlyFromAmong([.. AblationRun.Names]);
        var command = new Command("train", "Build the model from labelled articles. The same data gives the same bytes.") { data, output, engine, trainer, ablate };
        command.Validators.Add(result =>
        {
            if (result.GetValue(trainer) is { Length: > 0 } && result.GetValue(engine) is null or BuiltIn)
                result.AddError("--trainer names an ML.NET trainer: add --engine mlnet.");
            if (result.GetResult(ablate) is not null && result.GetValue(engine) is not (null or BuiltIn))
                result.AddError("--ablate takes the built-in engine apart: leave out --engine.");
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetResult(ablate) is not null)
                return Ablate(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.GetValue(ablate) ?? [], parsed.InvocationConfiguration.Error);
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
        // Asked for now, so that what this program cannot do ends it before it trains for minutes.
        var learners = trainers.Select(name => (Name: name, Learner: MLNetBackend.Learner(name))).ToList();
        return Guarded(data, console.Error, tell =>
        {
            if (learners.Count == 0)
            {
                Save(TrainingRun.Train(data.FullName, tell), data, output, tell);
                return;
            }

            tell("reading the training data");
            var comparison = new EngineComparison(TrainingData.Read(data.FullName), data.FullName, console.Output);
            if (builtIn)
            {
                var trained = comparison.Train(new BuiltInSentenceLearner(), TrainingRun.ModelName, tell);
                comparison.Add(BuiltIn, trained, Save(trained.File, data, output, tell), tell);
            }

            foreach (var (name, learner) in learners)
            {
                tell($"ML.NET, {name}");
                var trained = comparison.Train(learner, $"{TrainingRun.ModelName}-mlnet-{name}", tell);
                var path = Path.Combine(output.FullName, $"{TrainingRun.ModelName}.{name}.zip");
                MLNetBackend.Save(trained, path);
                tell($"wrote {path} ({new FileInfo(path).Length / 1024} KiB)");
                comparison.Add($"ML.NET {name}", trained, path, tell);
                if (trained.IsWhole)
                {
                    var exported = Path.ChangeExtension(path, ".model");
                    TrainingRun.Save(trained.File, exported);
                    tell($"wrote {exported} ({new FileInfo(exported).Length / 1024} KiB), the same in the built-in format");
                    comparison.Add($"ML.NET {name}, exported", trained, exported, tell);
                }
            }
        });
    }

    /// <param name="names">What to leave out, all if it is empty.</param>
    private static int Ablate(DirectoryInfo data, DirectoryInfo output, string[] names, TextWriter error) => Guarded(data, error, tell =>
    {
        var model = Path.Combine(output.FullName, ModelLocation.Name);
        var table = Path.Combine(output.FullName, AblationRun.FileName);
        output.Create();
        AblationRun.Run(data.FullName, names, table, tell);
        if (File.Exists(model))
            ModelCard.UpdateFigures(Path.Combine(output.FullName, ModelCard.FileName), data.FullName, model);
        tell($"wrote {table}");
    });

    /// <summary>Runs what takes minutes, each step told with its time; what is wrong with the files becomes an error of the command.</summary>
    private static int Guarded(DirectoryInfo data, TextWriter error, Action<Action<string>> work)
    {
        if (!data.Exists)
            throw new CommandFailedException($"there is no folder {data.FullName}: name the training data with --data.");
        var clock = Stopwatch.StartNew();
        try
        {
            work(step => error.WriteLine($"{clock.Elapsed.TotalSeconds,5:F0} s  {step}"));
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
