using System.CommandLine;
using System.CommandLine.Invocation;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary>The <c>moderation</c> command: its subcommands, its exit codes, and how errors reach a person.</summary>
public static class CommandLine
{
    public static RootCommand Create() => new("Marks loaded language, unsourced claims and editorializing in news articles.")
    {
        RunCommand.Create(),
        AnnotateCommand.Create(),
        TrainCommand.Create(),
        EvaluateCommand.Create(),
        TopologyCommand.Create(),
        DeadCommand.Create(),
        CheckConfigCommand.Create(),
        HealthCommand.Create(),
    };

    /// <summary>Runs one command and gives its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        var root = Create();
        foreach (var version in root.Options.OfType<VersionOption>())
        {
            version.Description = "Show version, commit and model hash";
            version.Action = new VersionAction();
        }

        var parsed = root.Parse(arguments);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The worker's host answers signals itself, within its own drain budget.
            ProcessTerminationTimeout = null,
        };

        try
        {
            if (parsed.Action is not ParseErrorAction wrongUsage)
                return await parsed.InvokeAsync(invocation, cancellation);
            // All of the help would push the error off the screen; it is for whoever gave no arguments at all.
            wrongUsage.ShowHelp = arguments.Count == 0;
            await parsed.InvokeAsync(invocation, cancellation);
            return ExitCodes.WrongUsage;
        }
        catch (CommandFailedException failure)
        {
            await Console.Error.WriteLineAsync("error: " + failure.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("error: stopped before it was done.");
            return ExitCodes.Failed;
        }
    }
}
