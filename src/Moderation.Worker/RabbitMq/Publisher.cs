using Microsoft.Extensions.Logging;
using Moderation.Worker.Health;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Moderation.Worker.RabbitMq;

/// <summary>One message to be published: always mandatory, always persistent.</summary>
internal sealed record Publication(string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body);

/// <summary>What the broker made of one publish. Only <see cref="Confirmed"/> means that the message is safe; any other may have arrived all the same.</summary>
internal enum PublishOutcome
{
    Confirmed,

    /// <summary>No queue is bound for it.</summary>
    Unroutable,

    /// <summary>The broker refused, as a full queue does.</summary>
    Refused,
    TimedOut,

    /// <summary>The channel or connection broke.</summary>
    Failed,
}

internal readonly record struct PublishResult(PublishOutcome Outcome, string Detail = "");

/// <summary>
/// Publishes with confirms, many at a time over one channel, and keeps at it: after a failure it waits and tries again, and while half of
/// the publishes fail it closes the gate, so that no more articles are taken whose results would have nowhere to go.
/// </summary>
internal sealed partial class Publisher : IAsyncDisposable
{
    private const string GateParty = "publisher";
    private const string HealthPart = "publishing";

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly BrokerConnection connection;
    private readonly RabbitMqTimeouts timeouts;
    private readonly ConsumeGate gate;
    private readonly HealthState health;
    private readonly WorkerMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim unconfirmed;
    private readonly SemaphoreSlim opening = new(1);
    private readonly ResiliencePipeline<PublishResult> untilConfirmed;
    private IChannel? channel;

    public Publisher(RabbitMqOptions options, BrokerConnection connection, ConsumeGate gate, HealthState health, WorkerMetrics metrics, TimeProvider time, ILogger logger)
    {
        this.connection = connection;
        this.gate = gate;
        this.health = health;
        this.metrics = metrics;
        this.time = time;
        this.logger = logger;
        timeouts = options.Timeouts;
        unconfirmed = new SemaphoreSlim(options.MaxUnconfirmed);
        untilConfirmed = new ResiliencePipelineBuilder<PublishResult> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<PublishResult>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstRetry,
                MaxDelay = LongestRetry,
                ShouldHandle = new PredicateBuilder<PublishResult>().Handle<BrokenCircuitException>().HandleResult(result => result.Outcome != PublishOutcome.Confirmed),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<PublishResult>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = options.Break,
                ShouldHandle = new PredicateBuilder<PublishResult>().HandleResult(result => result.Outcome != PublishOutcome.Confirmed),
                OnOpened = arguments => PauseAsync(arguments.Outcome.Result, options.Break),
                OnClosed = _ => Resume(),
            })
            .Build();
    }

    /// <summary>Publishes again and again until the broker has confirmed.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up first. The message may have arrived.</exception>
    public async Task PublishUntilConfirmedAsync(Publication publication, CancellationToken cancellation)
    {
        await untilConfirmed.ExecuteAsync(static async (state, token) => await state.Self.TryPublishAsync(state.Publication, token), (Self: this, Publication: publication), cancellation);
        health.Report(HealthPart, HealthLevel.Ready);
    }

    /// <summary>Publishes once, past the breaker: for what must be put somewhere just because publishing has been failing.</summary>
    public async Task<bool> TryPublishOnceAsync(Publication publication, CancellationToken cancellation) =>
        (await TryPublishAsync(publication, cancellation)).Outcome == PublishOutcome.Confirmed;

    public async ValueTask DisposeAsync()
    {
        await RetireAsync(channel);
        unconfirmed.Dispose();
        opening.Dispose();
    }

    private async ValueTask<PublishResult> TryPublishAsync(Publication publication, CancellationToken cancellation)
    {
        await unconfirmed.WaitAsync(cancellation);
        try
        {
            var result = await PublishOnceAsync(publication, cancellation);
            if (result.Outcome != PublishOutcome.Confirmed)
            {
                ReportFailure(publication, result);
            }

            return result;
        }
        finally
        {
            unconfirmed.Release();
        }
    }

    private async Task<PublishResult> PublishOnceAsync(Publication publication, CancellationToken cancellation)
    {
        IChannel? open = null;
        try
        {
            await connection.WhenUnblockedAsync(cancellation);
            open = await GetChannelAsync(cancellation);
            // The client's own wait is not given the token: a publish cancelled inside it can upset its count of confirms.
            var publish = open.BasicPublishAsync(publication.Exchange, publication.RoutingKey, mandatory: true, publication.Properties, publication.Body, CancellationToken.None).AsTask();
            try
            {
                await publish.WaitAsync(timeouts.Publish, time, cancellation);
                return new PublishResult(PublishOutcome.Confirmed);
            }
            finally
            {
                Observe(publish);
            }
        }
        catch (TimeoutException)
        {
            // A confirm that is this late may never come, nor may any other on this channel.
            Drop(open);
            return new PublishResult(PublishOutcome.TimedOut, $"no confirm within {timeouts.Publish}");
        }
        catch (PublishException e)
        {
            return e.IsReturn
                ? new PublishResult(PublishOutcome.Unroutable, "no queue is bound for it")
                : new PublishResult(PublishOutcome.Refused, "the broker refused it; a queue may be full");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Drop(open);
            return new PublishResult(PublishOutcome.Failed, e is TransportException ? e.Message : BrokerErrors.Describe(open?.CloseReason is { } reason ? new OperationInterruptedException(reason) : e));
        }
    }

    private async Task<IChannel> GetChannelAsync(CancellationToken cancellation)
    {
        if (channel is { IsOpen: true } open)
        {
            return open;
        }

        await opening.WaitAsync(cancellation);
        try
        {
            if (channel is not { IsOpen: true })
            {
                channel = await connection.OpenChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellation);
            }

            return channel;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Has the next publish open a new channel; what else is in flight on this one fails and is tried again.</summary>
    private void Drop(IChannel? failed)
    {
        if (failed is not null && Interlocked.CompareExchange(ref channel, null, failed) == failed)
        {
            _ = RetireAsync(failed);
        }
    }

    private async Task RetireAsync(IChannel? retired)
    {
        if (retired is null)
        {
            return;
        }

        try
        {
            await retired.CloseAsync(Constants.ReplySuccess, "closing", abort: true, CancellationToken.None).WaitAsync(timeouts.Request, time);
            await retired.DisposeAsync().AsTask().WaitAsync(timeouts.Request, time);
        }
        catch (Exception)
        {
            // It was broken already.
        }
    }

    private void ReportFailure(Publication publication, PublishResult result)
    {
        metrics.PublishFailed(result.Outcome.ToString());
        var target = publication.Exchange.Length > 0 ? publication.Exchange : $"queue {publication.RoutingKey}";
        if (result.Outcome == PublishOutcome.Unroutable)
        {
            LogUnroutable(target, publication.RoutingKey);
        }
        else
        {
            LogPublishFailed(target, result.Outcome, result.Detail);
        }

        health.Report(HealthPart, HealthLevel.Degraded, $"{result.Outcome} at {target}: {result.Detail}");
    }

    private ValueTask PauseAsync(PublishResult cause, TimeSpan duration)
    {
        LogBreakerOpened(duration, cause.Outcome, cause.Detail);
        gate.Close(GateParty, $"results cannot be published ({cause.Outcome}: {cause.Detail})");
        // The breaker closes only on a publish that succeeds, and with nothing held there would never be another.
        _ = ReopenAsync(duration);
        return ValueTask.CompletedTask;
    }

    private async Task ReopenAsync(TimeSpan duration)
    {
        await Task.Delay(duration, time);
        gate.Open(GateParty);
    }

    private ValueTask Resume()
    {
        LogBreakerClosed();
        gate.Open(GateParty);
        return ValueTask.CompletedTask;
    }

    private static void Observe(Task publish) =>
        publish.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
