using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moderation.Worker.FileQueue;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation dead list|show|replay</c>: what was set aside, on whichever transport is configured.</summary>
public static class DeadCommand
{
    public static Command Create() => new("dead", "See and replay what could not be processed.")
    {
        Subcommand("list", "One line for each: its name or position, the error's code, the attempts, the reason.", named: false, (letters, _, output, cancellation) => ListAsync(letters, output, cancellation)),
        Subcommand("show", "The message itself.", named: true, ShowAsync),
        Subcommand("replay", "Put it back into the queue, with its attempts forgotten; all of them without a name.", named: true, ReplayAsync),
    };

    private static Command Subcommand(string name, string description, bool named, Func<IDeadLetters, string?, Stream, CancellationToken, Task<int>> work)
    {
        var settings = new WorkerSettings();
        var which = new Argument<string?>("name") { Description = "A name as dead list gives it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(name, description);
        settings.AddTo(command, SettingsFor.Queue);
        if (named)
        {
            command.Arguments.Add(which);
        }

        command.SetAction((arguments, cancellation) => WorkerErrors.ReportAsync(async () =>
        {
            await using var letters = await OpenAsync(settings.Read(arguments), settings.ConfigFile(arguments), cancellation);
            await using var output = Console.OpenStandardOutput();
            return await work(letters, named ? arguments.GetValue(which) : null, output, cancellation);
        }));
        return command;
    }

    private static async Task<IDeadLetters> OpenAsync(Dictionary<string, string?> settings, string? configFile, CancellationToken cancellation)
    {
        using var host = WorkerHost.CreateBuilder(settings, configFile).Build();
        var options = host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value;
        if (options.Transport == TransportKind.File)
        {
            return new DeadLetterFolder(new QueueFolders(options.File.Root));
        }

        var broker = BrokerCommandContext.Create(settings, configFile);
        try
        {
            return new DeadLetterQueue(await broker.ConnectAsync(cancellation), options.RabbitMq.Names, broker);
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    private static async Task<int> ListAsync(IDeadLetters letters, Stream output, CancellationToken cancellation)
    {
        var count = 0;
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await foreach (var letter in letters.ListAsync(cancellation))
        {
            count++;
            await writer.WriteLineAsync($"{letter.Name}\t{letter.Code}\t{letter.Attempts}\t{letter.Reason}");
        }

        await writer.FlushAsync(cancellation);
        if (count == 0)
        {
            await Console.Error.WriteLineAsync("Nothing was set aside.");
        }

        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(IDeadLetters letters, string? name, Stream output, CancellationToken cancellation)
    {
        if (name is null)
        {
            await Console.Error.WriteLineAsync("error: which one? Give a name as 'moderation dead list' prints it.");
            return ExitCodes.WrongUsage;
        }

        await foreach (var letter in letters.ListAsync(cancellation))
        {
            if (letter.Name == name)
            {
                await output.WriteAsync(letter.Body(), cancellation);
                return ExitCodes.Done;
            }
        }

        await Console.Error.WriteLineAsync($"error: there is no '{name}' among the dead letters.");
        return ExitCodes.Failed;
    }

    private static async Task<int> ReplayAsync(IDeadLetters letters, string? name, Stream output, CancellationToken cancellation)
    {
        var count = await letters.ReplayAsync(name, cancellation);
        await Console.Error.WriteLineAsync($"{count} put back into the queue.");
        return count == 0 && name is not null ? ExitCodes.Failed : ExitCodes.Done;
    }
}
