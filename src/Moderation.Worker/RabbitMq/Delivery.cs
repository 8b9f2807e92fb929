using Moderation.Worker.Pipeline;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Moderation.Worker.RabbitMq;

/// <summary>One message as delivered. It can be settled only on the channel that delivered it, and only while that is open.</summary>
internal sealed class Delivery(IChannel channel, ulong tag, bool redelivered, string exchange, string routingKey, BasicProperties properties, byte[] body, CancellationToken lost)
{
    public bool Redelivered => redelivered;

    public string Exchange => MessageHeaders.Text(properties.Headers, MessageHeaders.OriginalExchange) ?? exchange;

    public string RoutingKey => MessageHeaders.Text(properties.Headers, MessageHeaders.OriginalRoutingKey) ?? routingKey;

    public BasicProperties Properties => properties;

    public byte[] Body => body;

    /// <summary>Cancelled when the channel is gone: the broker then delivers the message again, and nothing more can be said about it here.</summary>
    public CancellationToken Lost => lost;

    public bool IsLive => channel.IsOpen && !lost.IsCancellationRequested;

    /// <summary>How often the broker has had the message back unsettled.</summary>
    public int Returns => MessageHeaders.Count(properties.Headers, MessageHeaders.DeliveryCount);

    /// <summary>Attempts that ended with a failure of their own and were put off.</summary>
    public int FailedAttempts => MessageHeaders.Count(properties.Headers, MessageHeaders.Attempts);

    public int Attempt => FailedAttempts + Returns + 1;

    public IncomingMessage ToMessage() => new(body, properties.ContentType, MessageHeaders.ToText(properties), Attempt);

    /// <summary>False if the channel was gone before the acknowledgement was sent.</summary>
    public Task<bool> AckAsync() => SettleAsync(() => channel.BasicAckAsync(tag, multiple: false));

    /// <summary>Gives the message back. With reject, not nack: from 4.3 on only that counts towards the delivery limit.</summary>
    public Task<bool> ReturnAsync() => SettleAsync(() => channel.BasicRejectAsync(tag, requeue: true));

    private async Task<bool> SettleAsync(Func<ValueTask> settle)
    {
        if (!IsLive)
        {
            return false;
        }

        try
        {
            await settle();
            return true;
        }
        catch (Exception e) when (e is AlreadyClosedException or OperationInterruptedException or ObjectDisposedException or IOException)
        {
            return false;
        }
    }
}
