using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moderation.Annotation.Results;
using Moderation.Worker.FileQueue;
using Moderation.Worker.Hosting;
using Moderation.Worker.Models;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Commands;

/// <summary><c>moderation run</c>: the worker itself.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var settings = new WorkerSettings();
        var once = new Option<bool>("--once") { Description = "Annotate what is in the inbox and end. Exit code 3 if something was set aside." };
        var sample = new Option<bool>("--sample") { Description = "First put a few sample articles of the project's own into the inbox." };
        var command = new Command("run", "Take articles from a queue, annotate them, publish the results. Without settings, the queue is the folders inbox/, results/ and dead/.") { once, sample };
        settings.AddTo(command, SettingsFor.Worker);
        command.SetAction((arguments, cancellation) => WorkerErrors.ReportAsync(
            () => RunAsync(settings.Read(arguments), settings.ConfigFile(arguments), arguments.GetValue(once), arguments.GetValue(sample), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(Dictionary<string, string?> settings, string? configFile, bool once, bool sample, CancellationToken cancellation)
    {
        if (once)
        {
            settings[$"{ModerationOptions.Section}:File:Once"] = "true";
        }

        var builder = WorkerHost.CreateBuilder(settings, configFile);
        AddProcessor(builder.Services);
        using var host = builder.Build();
        var options = host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value;
        if ((once || sample) && options.Transport != TransportKind.File)
        {
            await Console.Error.WriteLineAsync("error: --once and --sample work with the file queue only. Leave out --transport rabbitmq, or them.");
            return ExitCodes.WrongUsage;
        }

        // Made now, so that a missing model ends the start and not the first article.
        host.Services.GetRequiredService<IAnnotator>();
        if (sample)
        {
            SampleArticles.Drop(new QueueFolders(options.File.Root));
        }

        // Running a host ends with its services disposed of.
        var exit = host.Services.GetRequiredService<ExitStatus>();
        var metrics = host.Services.GetRequiredService<WorkerMetrics>();
        await host.RunAsync(cancellation);
        return exit.Code == ExitCodes.Done && once && metrics.DeadTotal > 0 ? ExitCodes.SomeInputsFailed : exit.Code;
    }

    private static void AddProcessor(IServiceCollection services)
    {
        services.AddSingleton<IMessageProcessor, AnnotatingProcessor>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ModerationOptions>>().Value.Limits.ToInputLimits());
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ModerationOptions>>().Value;
            return new ReloadableAnnotator(() => AnnotatorFactory.LoadForOutlets(options.Model, options.Profile, options.OutletProfiles));
        });
        services.AddSingleton<IAnnotator>(provider => provider.GetRequiredService<ReloadableAnnotator>());
        services.AddHostedService<ModelReload>();
    }
}
