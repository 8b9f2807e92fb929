using System.CommandLine;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation train</c>: builds <c>models/</c> from <c>training-data/</c>.</summary>
public static class TrainCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of labelled articles and lexicons", DefaultValueFactory = static _ => new DirectoryInfo("training-data"), HelpName = "FOLDER" };
        var output = new Option<DirectoryInfo>("--output", "-o") { Description = "Folder that the model and its card are written to", DefaultValueFactory = static _ => new DirectoryInfo("models"), HelpName = "FOLDER" };
        var command = new Command("train", "Build the model from labelled articles. The same data gives the same bytes.") { data, output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), cancellation));
        return command;
    }

    private static Task<int> RunAsync(DirectoryInfo data, DirectoryInfo output, CancellationToken cancellation)
    {
        if (!data.Exists)
            throw new CommandFailedException($"there is no folder {data.FullName}: name the training data with --data.");
        cancellation.ThrowIfCancellationRequested();
        throw new CommandFailedException($"this build has no trainer: nothing was written to {output.FullName}.");
    }
}
