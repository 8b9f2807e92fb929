using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation health</c>: whether the worker beside it is ready.</summary>
public static class HealthCommand
{
    public static Command Create()
    {
        var settings = new WorkerSettings();
        var command = new Command("health", "Exit with 0 when the worker beside it is ready or degraded, with 1 and the reason when not.");
        settings.AddTo(command, SettingsFor.Any);
        command.SetAction((arguments, _) => WorkerErrors.ReportAsync(() =>
        {
            using var host = WorkerHost.CreateBuilder(settings.Read(arguments), settings.ConfigFile(arguments)).Build();
            var file = host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value.Health.File;
            return Task.FromResult(Report(file, TimeProvider.System.GetUtcNow()));
        }));
        return command;
    }

    private static int Report(string file, DateTimeOffset now)
    {
        if (file.Length == 0)
        {
            Console.Error.WriteLine("error: Moderation:Health:File is empty, so the worker leaves no word of itself.");
            return ExitCodes.WrongUsage;
        }

        if (HealthFile.Read(file) is not { } record)
        {
            Console.WriteLine($"no worker: {Path.GetFullPath(file)} is not there");
            return ExitCodes.Failed;
        }

        if (record.IsStale(now))
        {
            Console.WriteLine($"dead: process {record.ProcessId} last wrote at {record.At:O}");
            return ExitCodes.Failed;
        }

        Console.WriteLine(string.Join(Environment.NewLine, [$"{record.Level} (process {record.ProcessId})", .. record.Reasons]));
        return record.Level == HealthLevel.NotReady ? ExitCodes.Failed : ExitCodes.Done;
    }
}
