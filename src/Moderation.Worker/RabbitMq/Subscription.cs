using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Moderation.Worker.Health;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Polly;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Moderation.Worker.RabbitMq;

/// <summary>
/// Keeps one queue consumed. Four signals mean that nothing more will come, of which the client by itself would cure only the first:
/// the connection is gone, the channel is closed, the broker cancelled the consumer, the queue has no consumer though it should.
/// </summary>
internal sealed partial class Subscription : IAsyncDisposable
{
    private readonly string queue;
    private readonly ushort prefetch;
    private readonly BrokerConnection connection;
    private readonly Func<IConnection, CancellationToken, Task> prepare;
    private readonly ConsumeGate gate;
    private readonly HealthState health;
    private readonly WorkerMetrics metrics;
    private readonly RabbitMqTimeouts timeouts;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ResiliencePipeline<IChannel> opening;
    private readonly Channel<Delivery> deliveries = Channel.CreateUnbounded<Delivery>();
    private bool everConsumed;

    /// <param name="prepare">Called with the connection before each new channel consumes: makes sure that the queue is there.</param>
    public Subscription(
        string queue, int prefetch, BrokerConnection connection, Func<IConnection, CancellationToken, Task> prepare,
        ConsumeGate gate, HealthState health, WorkerMetrics metrics, RabbitMqTimeouts timeouts, TimeProvider time, ILogger logger)
    {
        this.queue = queue;
        this.prefetch = (ushort)prefetch;
        this.connection = connection;
        this.prepare = prepare;
        this.gate = gate;
        this.health = health;
        this.metrics = metrics;
        this.timeouts = timeouts;
        this.time = time;
        this.logger = logger;
        // A fault that a person must cure ends a start; one that appears under a running worker is waited out, not ready meanwhile.
        opening = new ResiliencePipelineBuilder<IChannel> { TimeProvider = time }
            .AddRetry(Reconnecting.Options<IChannel>(timeouts, e => e is not TransportException || everConsumed, OnOpenFailed))
            .Build();
    }

    public ChannelReader<Delivery> Deliveries => deliveries.Reader;

    /// <summary>The channel that consumes at present, for tests that break it.</summary>
    internal IChannel? Current { get; private set; }

    /// <summary>Consumes until stopped. The last channel stays open, so that what is in work can still be acknowledged, until this is disposed.</summary>
    /// <exception cref="TransportException">The first subscription failed for a reason that a person must cure.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        health.Report(queue, HealthLevel.NotReady, "not yet consuming");
        try
        {
            while (true)
            {
                await gate.Opened.WaitAsync(stopping);
                Current = await opening.ExecuteAsync(async token => await OpenAsync(token), stopping);
                var signal = await ConsumeAsync(Current, stopping);
                metrics.Rebuilt(signal);
                await DiscardAsync(Current);
                // Even a fault that comes back at once must not make a tight loop.
                await Task.Delay(timeouts.Reconnect * (0.5 + (Random.Shared.NextDouble() / 2)), time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            health.Report(queue, HealthLevel.NotReady, "draining");
        }
        finally
        {
            deliveries.Writer.TryComplete();
        }
    }

    public async ValueTask DisposeAsync() => await DiscardAsync(Current);

    private async Task<IChannel> OpenAsync(CancellationToken cancellation)
    {
        IChannel? channel = null;
        try
        {
            await prepare(await connection.GetAsync(cancellation), cancellation).WaitAsync(timeouts.Request * 3, time, cancellation);
            channel = await connection.OpenChannelAsync(null, cancellation);
            await channel.BasicQosAsync(0, prefetch, global: false, cancellation).WaitAsync(timeouts.Request, time, cancellation);
            return channel;
        }
        catch (Exception e) when (e is not TransportException && BrokerErrors.ConfigurationFault(e, connection.Address) is { } fault)
        {
            throw new TransportException(fault, e);
        }
        catch
        {
            await DiscardAsync(channel);
            throw;
        }
    }

    private void OnOpenFailed(Exception exception, int attempt, TimeSpan delay)
    {
        var reason = exception is TransportException ? exception.Message : BrokerErrors.Describe(exception);
        LogSubscribeFailed(queue, reason, attempt, delay);
        health.Report(queue, HealthLevel.NotReady, reason);
    }

    /// <summary>Consumes on one channel, pausing when told to, until it can no longer.</summary>
    /// <returns>The signal that ended it.</returns>
    private async Task<string> ConsumeAsync(IChannel channel, CancellationToken stopping)
    {
        IChannel? asking = null;
        try
        {
            // Opened before deliveries come, and kept: one whose opening is not answered in time could never be closed.
            asking = await connection.OpenChannelAsync(null, stopping);
            return await ConsumeAsync(channel, asking, stopping);
        }
        catch (Exception e) when (asking is null && !stopping.IsCancellationRequested)
        {
            OnOpenFailed(e, 1, timeouts.Reconnect);
            return "subscribe failed";
        }
        finally
        {
            await DiscardAsync(asking);
        }
    }

    private async Task<string> ConsumeAsync(IChannel channel, IChannel asking, CancellationToken stopping)
    {
        while (true)
        {
            var consumer = new DeliveryConsumer(channel, connection, deliveries.Writer);
            string tag;
            try
            {
                tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer, stopping).WaitAsync(timeouts.Request, time, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                OnOpenFailed(e, 1, timeouts.Reconnect);
                return "subscribe failed";
            }

            everConsumed = true;
            health.Report(queue, HealthLevel.Ready);
            LogConsuming(queue, prefetch);

            var paused = gate.Closed;
            using var watching = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var missing = MissingConsumerAsync(asking, watching.Token);
            await Task.WhenAny(consumer.ChannelClosed, consumer.CancelledByBroker, missing, paused, Task.Delay(Timeout.Infinite, stopping));
            await watching.CancelAsync();

            if (consumer.ChannelClosed.IsCompleted)
            {
                return ReportClosed(await consumer.ChannelClosed);
            }

            if (consumer.CancelledByBroker.IsCompleted || missing.IsCompletedSuccessfully)
            {
                var signal = consumer.CancelledByBroker.IsCompleted ? "the broker cancelled the consumer; the queue may have been deleted" : await missing;
                LogConsumerLost(queue, signal);
                health.Report(queue, HealthLevel.NotReady, signal);
                consumer.MarkLost(new ShutdownEventArgs(ShutdownInitiator.Application, 0, signal));
                return signal;
            }

            await CancelAsync(channel, tag);
            stopping.ThrowIfCancellationRequested();

            var reason = gate.Reason;
            LogPaused(queue, reason);
            health.Report(queue, HealthLevel.Degraded, $"paused: {reason}");
            await Task.WhenAny(gate.Opened, consumer.ChannelClosed, Task.Delay(Timeout.Infinite, stopping));
            stopping.ThrowIfCancellationRequested();
            if (consumer.ChannelClosed.IsCompleted)
            {
                return ReportClosed(await consumer.ChannelClosed);
            }
        }
    }

    private string ReportClosed(ShutdownEventArgs reason)
    {
        var signal = BrokerErrors.Describe(reason);
        if (BrokerErrors.IsAckTimeout(reason))
        {
            LogAckTimeout(queue, signal);
        }
        else
        {
            LogConsumerLost(queue, signal);
        }

        health.Report(queue, HealthLevel.NotReady, signal);
        return "channel closed";
    }

    /// <summary>Asks the broker now and then whether the queue is there and is consumed; completes with what is wrong.</summary>
    private async Task<string> MissingConsumerAsync(IChannel asking, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(timeouts.Watchdog, time, cancellation);
            var delivered = connection.Deliveries;
            try
            {
                var state = await asking.QueueDeclarePassiveAsync(queue, cancellation).WaitAsync(timeouts.Request, time, cancellation);
                if (state.ConsumerCount == 0)
                {
                    return "the broker knows of no consumer";
                }
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                return "the queue is gone";
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                // On a slow line the answer waits behind deliveries. As long as whole ones come, the broker is there; a new subscription would ask for all of them again.
                if (connection.Deliveries == delivered)
                {
                    return "the broker does not answer";
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                return BrokerErrors.Describe(e);
            }
        }
    }

    private async Task CancelAsync(IChannel channel, string tag)
    {
        try
        {
            await channel.BasicCancelAsync(tag, noWait: false, CancellationToken.None).WaitAsync(timeouts.Request, time);
        }
        catch (Exception)
        {
            // The channel is gone, and the consumer with it.
        }
    }

    private async Task DiscardAsync(IChannel? channel)
    {
        if (channel is null)
        {
            return;
        }

        try
        {
            await channel.CloseAsync(Constants.ReplySuccess, "closing", abort: true, CancellationToken.None).WaitAsync(timeouts.Request, time);
            await channel.DisposeAsync().AsTask().WaitAsync(timeouts.Request, time);
        }
        catch (Exception)
        {
            // It was broken already.
        }
    }
}
