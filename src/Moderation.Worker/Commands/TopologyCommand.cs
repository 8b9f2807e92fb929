using System.CommandLine;
using Moderation.Worker.Hosting;
using Moderation.Worker.RabbitMq;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation topology declare|verify</c>: the broker's queues and exchanges, apart from the worker.</summary>
public static class TopologyCommand
{
    public static Command Create() => new("topology", "Make or check the queues and exchanges on the broker.")
    {
        Subcommand("declare", "Make what is missing. What exists otherwise than configured is named and left alone.", verify: false),
        Subcommand("verify", "Compare with the configuration, naming each difference. Makes nothing. Bindings cannot be read over AMQP.", verify: true),
    };

    private static Command Subcommand(string name, string description, bool verify)
    {
        var settings = new WorkerSettings();
        var command = new Command(name, description);
        settings.AddTo(command, SettingsFor.Broker);
        command.SetAction((arguments, cancellation) => WorkerErrors.ReportAsync(async () =>
        {
            await using var broker = BrokerCommandContext.Create(settings.Read(arguments), settings.ConfigFile(arguments));
            var connection = await broker.ConnectAsync(cancellation);
            var topology = new Topology(broker.Options.RabbitMq, broker.Options.Processing);
            await (verify ? topology.VerifyAsync(connection, compareArguments: true, cancellation) : topology.DeclareAsync(connection, cancellation));
            foreach (var exchange in topology.Exchanges)
            {
                Console.WriteLine($"exchange {exchange}");
            }

            foreach (var queue in topology.Queues)
            {
                Console.WriteLine($"queue    {queue.Name}");
            }

            if (!verify)
            {
                foreach (var binding in topology.Bindings)
                {
                    Console.WriteLine($"binding  {binding.Exchange} -> {binding.Queue} ({Topology.Binding.Everything})");
                }
            }

            await Console.Error.WriteLineAsync(verify ? "All are there and as configured." : "All are there.");
            return ExitCodes.Done;
        }));
        return command;
    }
}
