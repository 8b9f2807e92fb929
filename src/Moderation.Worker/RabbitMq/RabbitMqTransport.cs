using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moderation.Worker.Health;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.RabbitMq;

/// <summary>
/// The worker on RabbitMQ. Each article: received, annotated, its result published and confirmed, then acknowledged on the channel that
/// delivered it. Whatever breaks in between, the broker still has the article.
/// </summary>
internal sealed partial class RabbitMqTransport(
    IMessageProcessor processor, IOptions<ModerationOptions> options, HealthState health, WorkerMetrics metrics, TimeProvider time, ILogger<RabbitMqTransport> logger) : IMessageTransport
{
    private const string AlarmParty = "alarm";

    private readonly RabbitMqOptions settings = options.Value.RabbitMq;
    private readonly ProcessingOptions processing = options.Value.Processing;
    private readonly ShutdownOptions shutdown = options.Value.Shutdown;
    private readonly RabbitMqNames names = options.Value.RabbitMq.Names;
    private readonly Topology topology = new(options.Value.RabbitMq, options.Value.Processing);
    private readonly ConsumeGate gate = new();
    private readonly InFlight settling = new();
    private readonly RecentlyPublished recent = new();

    /// <summary>The subscription to the queue of articles, for tests that break its channel.</summary>
    internal Subscription? Articles { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        await using var consuming = new BrokerConnection("consume", settings, time, logger);
        await using var publishing = new BrokerConnection("publish", settings, time, logger);
        publishing.BlockedChanged += OnAlarm;
        await using var publisher = new Publisher(settings, publishing, gate, health, metrics, time, logger);

        using var preparing = new SemaphoreSlim(1);
        await using var articles = Subscribe(names.ArticlesQueue, settings.EffectivePrefetch(processing), consuming, preparing);
        await using var isolated = Subscribe(names.Isolated, 1, consuming, preparing);
        Articles = articles;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var drained = new CancellationTokenSource();
        Task[] workers =
        [
            .. Enumerable.Range(0, processing.EffectiveConcurrency).Select(_ => Task.Run(() => WorkAsync(articles, isolating: true, publisher, stop.Token, drained.Token), CancellationToken.None)),
            Task.Run(() => WorkAsync(isolated, isolating: false, publisher, stop.Token, drained.Token), CancellationToken.None),
        ];

        // The first task to end does so because of the stop or of a fault; either way all others end too, and the fault is passed on.
        Task[] running = [articles.RunAsync(stop.Token), isolated.RunAsync(stop.Token), .. workers];
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await DrainAsync(running, drained);
    }

    private Subscription Subscribe(string queue, int prefetch, BrokerConnection connection, SemaphoreSlim preparing) =>
        new(queue, prefetch, connection, (open, cancellation) => PrepareAsync(open, preparing, cancellation), gate, health, metrics, settings.Timeouts, time, logger);

    private async Task PrepareAsync(RabbitMQ.Client.IConnection connection, SemaphoreSlim preparing, CancellationToken cancellation)
    {
        await preparing.WaitAsync(cancellation);
        try
        {
            await (settings.Declare ? topology.DeclareAsync(connection, cancellation) : topology.VerifyAsync(connection, compareArguments: false, cancellation));
            LogTopology(names.ArticlesQueue, names.ResultsExchange, names.Dead);
        }
        finally
        {
            preparing.Release();
        }
    }

    private void OnAlarm(string? reason)
    {
        if (reason is not null)
        {
            gate.Close(AlarmParty, $"the broker has an alarm: {reason}");
        }
        else
        {
            gate.Open(AlarmParty);
        }
    }

    /// <summary>Lets what is in work finish within the budget. What is not done by then, or not begun, goes back as the channels close.</summary>
    private async Task DrainAsync(Task[] running, CancellationTokenSource drained)
    {
        LogDraining(shutdown.Drain);
        drained.CancelAfter(shutdown.Drain);
        await Task.WhenAll(running);
        await settling.CompleteAsync();
        LogDrained(metrics.PublishedTotal, metrics.DeadTotal, metrics.RetriedTotal);
    }
}
