using System.CommandLine;
using System.CommandLine.Invocation;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary>The <c>moderation</c> command: its subcommands, its exit codes, and how errors reach a person.</summary>
public static class CommandLine
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Marks loaded language, unsourced claims and editorializing in news articles.")
        {
            RunCommand.Create(),
            AnnotateCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            CalibrateCommand.Create(),
            BenchCommand.Create(),
            TopologyCommand.Create(),
            DeadCommand.Create(),
            HealthCommand.Create(),
            CheckConfigCommand.Create(),
        };
        var version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Show version, commit and model hash";
        version.Action = new VersionAction();
        return root;
    }

    /// <summary>Runs one command and gives its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        var parsed = Create().Parse(arguments);
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
        catch (Exception unforeseen)
        {
            await Console.Error.WriteLineAsync($"error: this is a fault of the program's; please report it.\n{unforeseen}");
            return ExitCodes.Failed;
        }
    }
}
