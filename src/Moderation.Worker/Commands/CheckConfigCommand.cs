using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
using Moderation.Worker.RabbitMq;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation check-config</c>: all that is wrong with the settings, or what they come to.</summary>
public static class CheckConfigCommand
{
    public static Command Create()
    {
        var settings = new WorkerSettings();
        var command = new Command("check-config", "Check the settings, all errors at once, and say what they come to. Connects to nothing, prints no credentials.");
        settings.AddTo(command, SettingsFor.Worker);
        command.SetAction((arguments, _) => WorkerErrors.ReportAsync(() =>
        {
            using var host = WorkerHost.CreateBuilder(settings.Read(arguments), settings.ConfigFile(arguments)).Build();
            Print(host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value);
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }

    private static void Print(ModerationOptions options)
    {
        var processing = options.Processing;
        Console.WriteLine("The settings are valid.");
        if (options.Transport == TransportKind.RabbitMq)
        {
            var broker = options.RabbitMq;
            var address = new BrokerAddress(broker);
            Console.WriteLine($"transport   RabbitMQ at {address} as {address.User}");
            Console.WriteLine($"articles    exchange {broker.Names.ArticlesExchange}, queue {broker.Names.ArticlesQueue}, {broker.EffectivePrefetch(processing)} at a time");
            Console.WriteLine($"results     exchange {broker.Names.ResultsExchange}, queue {broker.Names.ResultsQueue}, {broker.MaxUnconfirmed} unconfirmed at most");
            Console.WriteLine($"dead        {broker.Names.Dead}");
        }
        else
        {
            Console.WriteLine($"transport   files in {Path.GetFullPath(options.File.Root)}");
        }

        Console.WriteLine($"profiles    {string.Join(", ", options.OutletProfiles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} for {pair.Key}").Prepend(options.Profile))}");
        Console.WriteLine($"processing  {processing.EffectiveConcurrency} at a time, {processing.Timeout} each, retries after {string.Join(", ", Enumerable.Range(1, processing.Retries).Select(processing.DelayBefore))}");
        Console.WriteLine($"stopping    drain {options.Shutdown.Drain}, process {options.Shutdown.Timeout}, killed after {options.Shutdown.Grace}");
    }
}
