using Moderation.Worker.Pipeline;
using RabbitMQ.Client;

namespace Moderation.Worker.RabbitMq;

/// <summary>What happens to a delivery: processed, its outcome published and confirmed, then acknowledged.</summary>
internal sealed partial class RabbitMqTransport
{
    /// <summary>AMQP's limit on a routing key, in bytes.</summary>
    private const int LongestRoutingKey = 255;

    /// <summary>Processes one delivery at a time; settling them goes on beside, so that confirms are pipelined.</summary>
    /// <param name="isolating">Whether a delivery that came back unsettled is put apart rather than processed.</param>
    private async Task WorkAsync(Subscription subscription, bool isolating, Publisher publisher, CancellationToken stopping, CancellationToken drained)
    {
        await foreach (var delivery in subscription.Deliveries.ReadAllAsync(CancellationToken.None))
        {
            // Not begun: the broker has it back when the channel closes. The client also hands over deliveries of channels already closed.
            if (stopping.IsCancellationRequested || !delivery.IsLive)
            {
                continue;
            }

            if (delivery.Redelivered && recent.Contains(delivery.Body))
            {
                await delivery.AckAsync();
            }
            else if (isolating && delivery.Returns > 0)
            {
                settling.Add(SettleAsync(delivery, publisher, new Settlement.Isolate(), drained));
            }
            else if (await ProcessAsync(delivery, drained) is { } outcome)
            {
                var settlement = SettleAsync(delivery, publisher, new Settlement.Outcome(outcome), drained);
                settling.Add(settlement);
            }
        }
    }

    private async Task<MessageOutcome?> ProcessAsync(Delivery delivery, CancellationToken drained)
    {
        try
        {
            return await processor.ProcessAsync(delivery.ToMessage(), drained);
        }
        catch (OperationCanceledException)
        {
            await ReturnAsync(delivery, "the drain budget was spent");
            return null;
        }
        catch (Exception e) when (e is not TransportException)
        {
            // The processor promises not to throw; if it does all the same, no message may be lost over it.
            LogSettleFailed(e);
            return new MessageOutcome.Transient(OutcomeCodes.Failed, e.GetType().Name);
        }
    }

    private async Task SettleAsync(Delivery delivery, Publisher publisher, Settlement settlement, CancellationToken drained)
    {
        // While the article is the worker's it is held: until its channel is gone, its time is up, or the worker must end.
        using var hold = CancellationTokenSource.CreateLinkedTokenSource(delivery.Lost, drained);
        hold.CancelAfter(settings.Hold);
        try
        {
            var (publication, count) = settlement switch
            {
                Settlement.Isolate => Isolate(delivery),
                Settlement.Outcome { Value: MessageOutcome.Published published } => Publish(delivery, published),
                Settlement.Outcome { Value: MessageOutcome.Rejected rejected } => Bury(delivery, rejected.Code, rejected.Reason),
                Settlement.Outcome { Value: MessageOutcome.Transient transient } => PutOff(delivery, transient),
                _ => throw new InvalidOperationException($"Unknown settlement {settlement.GetType().Name}."),
            };
            await publisher.PublishUntilConfirmedAsync(publication, hold.Token);
            count();
            if (!await delivery.AckAsync())
            {
                recent.Remember(delivery.Body);
            }
        }
        catch (OperationCanceledException)
        {
            if (drained.IsCancellationRequested || !delivery.IsLive || !await TryPostponeAsync(delivery, publisher, drained))
            {
                await ReturnAsync(delivery, delivery.IsLive ? "its outcome could not be published in time" : "its channel closed");
            }
        }
        catch (Exception e)
        {
            LogSettleFailed(e);
            await ReturnAsync(delivery, e.GetType().Name);
        }
    }

    /// <summary>
    /// Puts a message off when its result had nowhere to go for as long as it may be held. Given back instead, it would come closer to the
    /// broker's limit each time and be dead-lettered in a long outage, though nothing is wrong with it.
    /// </summary>
    private async Task<bool> TryPostponeAsync(Delivery delivery, Publisher publisher, CancellationToken drained)
    {
        if (processing.Retries == 0)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(delivery.Lost, drained);
        limit.CancelAfter(settings.Timeouts.Publish * 2);
        try
        {
            var publication = new Publication("", names.Retry(processing.DelayBefore(processing.Retries)), MessageHeaders.Copy(delivery), delivery.Body);
            if (!await publisher.TryPublishOnceAsync(publication, limit.Token))
            {
                return false;
            }

            LogPostponed(settings.Hold, processing.DelayBefore(processing.Retries));
            await delivery.AckAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private (Publication Publication, Action Count) Publish(Delivery delivery, MessageOutcome.Published published)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/cloudevents+json",
            DeliveryMode = DeliveryModes.Persistent,
            MessageId = published.EventId.ToString(),
            CorrelationId = delivery.Properties.MessageId ?? published.ArticleId[..Math.Min(published.ArticleId.Length, 64)],
            AppId = "moderation",
        };
        return (new Publication(names.ResultsExchange, RoutingKey(published), properties, published.Body), metrics.Published);
    }

    /// <summary>
    /// Puts aside a message that came back without a word: its worker may have died over it. Alone in its queue, taken one at a time, it
    /// can take no neighbour with it to the delivery limit.
    /// </summary>
    private (Publication Publication, Action Count) Isolate(Delivery delivery)
    {
        LogIsolated(delivery.Exchange, delivery.RoutingKey, delivery.Returns);
        return (new Publication("", names.Isolated, MessageHeaders.Copy(delivery), delivery.Body), static () => { });
    }

    private (Publication Publication, Action Count) PutOff(Delivery delivery, MessageOutcome.Transient transient)
    {
        var failed = delivery.FailedAttempts + 1;
        if (failed > processing.Retries)
        {
            return Bury(delivery, OutcomeCodes.RetriesExhausted, $"Still failing at attempt {delivery.Attempt}: {transient.Reason}");
        }

        var delay = processing.JitteredDelayBefore(failed);
        LogRetry(transient.Code, transient.Reason, delivery.Attempt, delay);
        var properties = MessageHeaders.Copy(delivery);
        properties.Headers![MessageHeaders.Attempts] = failed;
        properties.Expiration = ((long)delay.TotalMilliseconds).ToString();
        return (new Publication("", names.Retry(processing.DelayBefore(failed)), properties, delivery.Body), () => metrics.Retried(transient.Code));
    }

    private (Publication Publication, Action Count) Bury(Delivery delivery, string code, string reason)
    {
        LogDead(delivery.Exchange, delivery.RoutingKey, code, reason);
        return (new Publication(names.Dead, delivery.RoutingKey, MessageHeaders.CopyForDeath(delivery, code, reason), delivery.Body), () => metrics.DeadLettered(code));
    }

    private async Task ReturnAsync(Delivery delivery, string why)
    {
        metrics.Returned();
        LogReturned(why);
        await delivery.ReturnAsync();
    }

    /// <summary><c>annotated.&lt;disposition&gt;.&lt;outlet&gt;</c>; the outlet's dots and wildcards would change the number of words.</summary>
    internal static string RoutingKey(MessageOutcome.Published published)
    {
        var outlet = string.IsNullOrWhiteSpace(published.Outlet) ? "unknown" : published.Outlet.Trim();
        var key = $"annotated.{published.Disposition.ToString().ToLowerInvariant()}.{string.Concat(outlet.Select(c => c is '.' or '*' or '#' || char.IsWhiteSpace(c) || char.IsControl(c) ? '-' : c))}";
        while (System.Text.Encoding.UTF8.GetByteCount(key) > LongestRoutingKey)
        {
            key = key[..^(char.IsLowSurrogate(key[^1]) ? 2 : 1)];
        }

        return key;
    }

    private abstract record Settlement
    {
        public sealed record Isolate : Settlement;

        public sealed record Outcome(MessageOutcome Value) : Settlement;
    }
}
