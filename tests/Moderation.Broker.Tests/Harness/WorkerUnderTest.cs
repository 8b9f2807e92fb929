using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moderation.Broker.Tests.Broker;
using Moderation.TestWorker;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;

namespace Moderation.Broker.Tests.Harness;

/// <summary>A worker in the test's own process, so that a test can see its log and its health.</summary>
internal sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly IHost host;

    private WorkerUnderTest(IHost host, CapturedLog log)
    {
        this.host = host;
        Log = log;
    }

    public CapturedLog Log { get; }

    public HealthState Health => host.Services.GetRequiredService<HealthState>();

    public WorkerMetrics Metrics => host.Services.GetRequiredService<WorkerMetrics>();

    public MarkedAnnotator Annotator => host.Services.GetRequiredService<MarkedAnnotator>();

    public ExitStatus Exit => host.Services.GetRequiredService<ExitStatus>();

    public RabbitMqTransport RabbitMq => host.Services.GetRequiredService<RabbitMqTransport>();

    /// <summary>Completes when the worker has stopped, by itself or because it was told to.</summary>
    public Task Ended => host.WaitForShutdownAsync();

    /// <summary>Starts a worker; it need not be ready yet.</summary>
    /// <param name="configure">Replaces or adds services; called last.</param>
    public static async Task<WorkerUnderTest> StartAsync(Dictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var log = new CapturedLog();
        var builder = WorkerHost.CreateBuilder(settings);
        builder.Services.AddMarkedProcessor();
        configure?.Invoke(builder.Services);
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        var worker = new WorkerUnderTest(builder.Build(), log);
        await worker.host.StartAsync();
        return worker;
    }

    /// <summary>Starts a worker and waits until it is ready.</summary>
    public static async Task<WorkerUnderTest> StartReadyAsync(Dictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var worker = await StartAsync(settings, configure);
        await worker.UntilAsync(HealthLevel.Ready);
        return worker;
    }

    public async Task UntilAsync(HealthLevel level, double seconds = 30) =>
        await UntilAsync(() => Health.Level == level, $"the worker is {level}", seconds);

    public async Task UntilLoggedAsync(int eventId, int times = 1, double seconds = 30) =>
        await UntilAsync(() => Log.Count(eventId) >= times, $"event {eventId} was logged {times} times", seconds);

    public async Task StopAsync() => await host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        // A test process's own exit code is not the worker's to set.
        Environment.ExitCode = 0;
    }

    private async Task UntilAsync(Func<bool> condition, string what, double seconds)
    {
        try
        {
            await Wait.UntilAsync(condition, TimeSpan.FromSeconds(seconds), what);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            Assert.Fail($"{e.Message}\nHealth: {Health.Level} {string.Join("; ", Health.Reasons)}\nLog:\n{Log.All}");
        }
    }
}
