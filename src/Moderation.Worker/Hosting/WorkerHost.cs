using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Moderation.Worker.FileQueue;
using Moderation.Worker.Health;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;
using Moderation.Worker.Telemetry;

namespace Moderation.Worker.Hosting;

/// <summary>Puts the worker together: settings from appsettings.json, environment and arguments, in rising precedence.</summary>
public static class WorkerHost
{
    /// <summary>A host builder with everything but the message processor, which the caller adds.</summary>
    /// <param name="settings">Settings that override all others, by full key such as <c>Moderation:Transport</c>.</param>
    /// <param name="configFile">A further JSON settings file; must exist.</param>
    public static HostApplicationBuilder CreateBuilder(IEnumerable<KeyValuePair<string, string?>>? settings = null, string? configFile = null)
    {
        var configuration = new ConfigurationManager();
        configuration["hostBuilder:reloadConfigOnChange"] = "false";
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "moderation",
            Configuration = configuration,
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        AddSettings(builder.Configuration, settings, configFile);
        AddLogging(builder.Logging);
        AddOptions(builder);
        AddWorker(builder.Services);
        return builder;
    }

    private static void AddSettings(ConfigurationManager configuration, IEnumerable<KeyValuePair<string, string?>>? settings, string? configFile)
    {
        if (configFile is not null)
        {
            configuration.AddJsonFile(Path.GetFullPath(configFile), optional: false, reloadOnChange: false);
            // Added again, so that the environment still overrides the file that was named.
            configuration.AddEnvironmentVariables();
        }

        configuration.AddInMemoryCollection(settings ?? []);
    }

    /// <summary>One line an event, to standard error: standard output belongs to results.</summary>
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }

    private static void AddOptions(HostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModerationOptions>()
            .Bind(builder.Configuration.GetSection(ModerationOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ModerationOptions>, ModerationOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<ModerationOptions>, CrossFieldValidator>();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<ModerationOptions>>((host, moderation) => host.ShutdownTimeout = moderation.Value.Shutdown.Timeout);
    }

    private static void AddWorker(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ExitStatus>();
        services.AddSingleton<HealthState>();
        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<FileQueueTransport>();
        services.AddSingleton<RabbitMqTransport>();
        services.AddSingleton<IMessageTransport>(provider => provider.GetRequiredService<IOptions<ModerationOptions>>().Value.Transport switch
        {
            TransportKind.RabbitMq => provider.GetRequiredService<RabbitMqTransport>(),
            _ => provider.GetRequiredService<FileQueueTransport>(),
        });
        // Telemetry and health first, so that they are told of everything, and stopped last.
        services.AddHostedService<OtlpExport>();
        services.AddHostedService<HealthReporter>();
        services.AddHostedService<WorkerService>();
    }
}
