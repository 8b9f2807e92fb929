using System.CommandLine;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation evaluate</c>: measures a model on labelled files.</summary>
public static class EvaluateCommand
{
    public static Command Create()
    {
        var files = new Argument<FileSystemInfo[]>("FILE") { Description = "Labelled articles, or folders of them", Arity = ArgumentArity.OneOrMore };
        var model = new Option<FileInfo>("--model") { Description = "Model file (default: the one that annotate uses)", HelpName = "FILE" };
        var profile = new Option<string>("--profile") { Description = "Thresholds to measure at", DefaultValueFactory = static _ => AnnotateCommand.DefaultProfile, HelpName = "NAME" };
        var command = new Command("evaluate", "Measure a model on labelled articles.") { files, model, profile };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(files), parsed.GetValue(model), parsed.GetRequiredValue(profile), cancellation));
        return command;
    }

    private static Task<int> RunAsync(FileSystemInfo[] files, FileInfo? model, string profile, CancellationToken cancellation)
    {
        if (files.FirstOrDefault(static file => !file.Exists) is { } missing)
            throw new CommandFailedException($"there is no file or folder {missing.FullName}.");
        cancellation.ThrowIfCancellationRequested();
        AnnotatorFactory.Load(model?.FullName, profile, allVoices: false);
        throw new CommandFailedException("this build has no evaluation.");
    }
}
