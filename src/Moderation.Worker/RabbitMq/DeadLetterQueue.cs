using System.Globalization;
using System.Runtime.CompilerServices;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using RabbitMQ.Client;

namespace Moderation.Worker.RabbitMq;

/// <summary>
/// The dead letters on the broker. Looking takes messages without acknowledging them; they return, in order, when the channel closes.
/// </summary>
/// <param name="owner">Disposed with this: whoever owns the connection.</param>
internal sealed class DeadLetterQueue(IConnection connection, RabbitMqNames names, IAsyncDisposable owner) : IDeadLetters
{
    /// <summary>The code for what the broker dead-lettered by itself.</summary>
    private static readonly Dictionary<string, (string Code, string Reason)> BrokerReasons = new()
    {
        ["delivery_limit"] = (OutcomeCodes.DeliveryLimit, "It was delivered as often as the broker's limit allows and never settled: a worker may have died over it each time."),
        ["expired"] = ("expired", "It was older than the queue's time-to-live."),
        ["rejected"] = ("rejected", "Another consumer rejected it."),
        ["maxlen"] = ("queue-full", "The queue was full."),
    };

    public async IAsyncEnumerable<DeadLetter> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        for (var position = 1; await channel.BasicGetAsync(names.Dead, autoAck: false, cancellation) is { } message; position++)
        {
            yield return ToLetter(position, message);
        }
    }

    public async Task<int> ReplayAsync(string? name, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        var count = 0;
        // What is put back while this runs may die again; it must not be replayed for ever.
        var last = (await channel.QueueDeclarePassiveAsync(names.Dead, cancellation)).MessageCount;
        for (var position = 1; position <= last && await channel.BasicGetAsync(names.Dead, autoAck: false, cancellation) is { } message; position++)
        {
            if (name is not null && name != Name(position))
            {
                continue;
            }

            // Confirmed first, acknowledged then: in between it is in both queues, never in none.
            await channel.BasicPublishAsync("", names.ArticlesQueue, mandatory: true, Revived(message), message.Body, cancellation);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
            count++;
        }

        return count;
    }

    public ValueTask DisposeAsync() => owner.DisposeAsync();

    private static string Name(int position) => position.ToString(CultureInfo.InvariantCulture);

    private static DeadLetter ToLetter(int position, BasicGetResult message)
    {
        var headers = message.BasicProperties.Headers;
        var died = MessageHeaders.Text(headers, MessageHeaders.FirstDeathReason) ?? "";
        var byBroker = BrokerReasons.GetValueOrDefault(died, ("unknown", "No reason is noted on the message."));
        // A client may reuse the memory when the next message arrives.
        var body = message.Body.ToArray();
        return new DeadLetter(
            Name(position),
            MessageHeaders.Text(headers, MessageHeaders.Error) ?? byBroker.Item1,
            MessageHeaders.Text(headers, MessageHeaders.Reason) ?? byBroker.Item2,
            MessageHeaders.Count(headers, MessageHeaders.Attempts),
            () => body);
    }

    private static BasicProperties Revived(BasicGetResult message)
    {
        var properties = new BasicProperties(message.BasicProperties) { DeliveryMode = DeliveryModes.Persistent };
        var headers = message.BasicProperties.Headers is { } original ? new Dictionary<string, object?>(original) : [];
        foreach (var name in (string[])[MessageHeaders.Error, MessageHeaders.Reason, MessageHeaders.Attempts, MessageHeaders.DeliveryCount, MessageHeaders.FirstDeathReason, "x-first-death-queue", "x-first-death-exchange", "x-death"])
        {
            headers.Remove(name);
        }

        properties.Headers = headers;
        properties.ClearExpiration();
        return properties;
    }
}
