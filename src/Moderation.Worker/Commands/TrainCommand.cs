using System.CommandLine;
using System.Diagnostics;
using Moderation.Training;
using Moderation.Training.Ablations;
using Moderation.Training.Corpus;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation train</c>: builds <c>models/</c> from <c>training-data/</c>.</summary>
public static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of labelled articles and lexicons", DefaultValueFactory = static _ => new DirectoryInfo("training-data"), HelpName = "FOLDER" };
        var output = new Option<DirectoryInfo>("--output", "-o") { Description = "Folder that the model and its card are written to", DefaultValueFactory = static _ => new DirectoryInfo("models"), HelpName = "FOLDER" };
        var ablate = new Option<string[]>("--ablate")
        {
            Description = $"Build no model, but train without one thing after another and write what each is worth to {AblationRun.FileName} beside the card. Takes a training each; without NAME, all: {string.Join(", ", AblationRun.Names)}",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME",
        };
        ablate.AcceptOnlyFromAmong([.. AblationRun.Names]);
        var command = new Command("train", "Build the model from labelled articles. The same data gives the same bytes.") { data, output, ablate };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.GetResult(ablate) is null ? null : parsed.GetValue(ablate) ?? [], parsed.InvocationConfiguration.Error));
        return command;
    }

    /// <param name="ablate">What to leave out, all if it is empty; null to build the model.</param>
    private static int Run(DirectoryInfo data, DirectoryInfo output, string[]? ablate, TextWriter error)
    {
        if (!data.Exists)
            throw new CommandFailedException($"there is no folder {data.FullName}: name the training data with --data.");
        var clock = Stopwatch.StartNew();
        try
        {
            var path = Path.Combine(output.FullName, ModelLocation.Name);
            var card = Path.Combine(output.FullName, ModelCard.FileName);
            if (ablate is not null)
            {
                var table = Path.Combine(output.FullName, AblationRun.FileName);
                output.Create();
                AblationRun.Run(data.FullName, ablate, table, Report);
                if (File.Exists(path))
                    ModelCard.UpdateFigures(card, data.FullName, path);
                Report($"wrote {table}");
                return ExitCodes.Done;
            }

            TrainingRun.Save(TrainingRun.Train(data.FullName, Report), path);
            ModelCard.UpdateFigures(card, data.FullName, path);
            Report($"wrote {path} ({new FileInfo(path).Length / 1024} KiB) and its card");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is CorpusFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }

        void Report(string step) => error.WriteLine($"{clock.Elapsed.TotalSeconds,5:F0} s  {step}");
    }
}
