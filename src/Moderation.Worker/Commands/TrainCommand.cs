using System.CommandLine;
using System.Diagnostics;
using Moderation.Training;
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
        var command = new Command("train", "Build the model from labelled articles. The same data gives the same bytes.") { data, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(DirectoryInfo data, DirectoryInfo output, TextWriter error)
    {
        if (!data.Exists)
            throw new CommandFailedException($"there is no folder {data.FullName}: name the training data with --data.");
        var clock = Stopwatch.StartNew();
        try
        {
            var model = TrainingRun.Train(data.FullName, step => error.WriteLine($"{clock.Elapsed.TotalSeconds,5:F0} s  {step}"));
            var path = Path.Combine(output.FullName, ModelLocation.Name);
            TrainingRun.Save(model, path);
            ModelCard.UpdateFigures(Path.Combine(output.FullName, ModelCard.FileName), data.FullName, path);
            error.WriteLine($"{clock.Elapsed.TotalSeconds,5:F0} s  wrote {path} ({new FileInfo(path).Length / 1024} KiB) and its card");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is CorpusFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }
    }
}
