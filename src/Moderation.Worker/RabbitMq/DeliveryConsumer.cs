using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Moderation.Worker.RabbitMq;

/// <summary>Hands deliveries on and raises the signals that mean no more will come.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A token source without a timer holds nothing to dispose of, and deliveries outlive the consumer.")]
internal sealed class DeliveryConsumer(IChannel channel, BrokerConnection connection, ChannelWriter<Delivery> deliveries) : AsyncDefaultBasicConsumer(channel)
{
    private readonly CancellationTokenSource lost = new();
    private readonly TaskCompletionSource<ShutdownEventArgs> channelClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelledByBroker = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the channel or its connection is gone.</summary>
    public Task<ShutdownEventArgs> ChannelClosed => channelClosed.Task;

    /// <summary>Completes when the broker ended the subscription, as when the queue was deleted.</summary>
    public Task CancelledByBroker => cancelledByBroker.Task;

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        connection.CountDelivery();
        // The client reuses the body's memory as soon as this returns. Prefetch bounds how many are waiting.
        deliveries.TryWrite(new Delivery(Channel, deliveryTag, redelivered, exchange, routingKey, new BasicProperties(properties), body.ToArray(), lost.Token));
        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        cancelledByBroker.TrySetResult();
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override async Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        await base.HandleChannelShutdownAsync(channel, reason);
        MarkLost(reason);
    }

    /// <summary>Also called for a channel that closed before the client knew of the consumer.</summary>
    public void MarkLost(ShutdownEventArgs reason)
    {
        if (channelClosed.TrySetResult(reason))
        {
            // Whoever holds a delivery is told on another thread: this one belongs to the client.
            _ = lost.CancelAsync();
        }
    }
}
