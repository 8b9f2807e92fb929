using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Moderation.Worker.RabbitMq;

/// <summary>The queues, exchanges and bindings that the worker relies on; declared and compared with what the broker has.</summary>
internal sealed class Topology
{
    /// <summary>The first version whose quorum queues have both a message time-to-live and at-least-once dead-lettering.</summary>
    private static readonly Version OldestServer = new(3, 10);

    /// <summary>More often than anybody will look at a dead letter. Without a limit, 4.0 and later would drop one at its twentieth return.</summary>
    private const int NoDeliveryLimit = 1_000_000;

    private readonly RabbitMqNames names;

    public Topology(RabbitMqOptions options, ProcessingOptions processing)
    {
        names = options.Names;
        var deadLettering = new Dictionary<string, object?>
        {
            ["x-dead-letter-exchange"] = names.Dead,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-delivery-limit"] = options.DeliveryLimit,
        };
        Exchanges = new HashSet<string> { names.ArticlesExchange, names.ResultsExchange, names.Dead };
        Queues =
        [
            new Queue(names.Dead, new Dictionary<string, object?> { ["x-delivery-limit"] = NoDeliveryLimit }),
            new Queue(names.ArticlesQueue, deadLettering),
            new Queue(names.Isolated, deadLettering),
            new Queue(names.ResultsQueue, new Dictionary<string, object?> { ["x-delivery-limit"] = NoDeliveryLimit }),
            .. Enumerable.Range(1, processing.Retries).Select(processing.DelayBefore).Distinct().Select(delay => new Queue(names.Retry(delay), new Dictionary<string, object?>
            {
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = names.ArticlesQueue,
                ["x-dead-letter-strategy"] = "at-least-once",
                ["x-message-ttl"] = (long)delay.TotalMilliseconds,
            })),
        ];
        Bindings =
        [
            new Binding(names.Dead, names.Dead),
            new Binding(names.ResultsExchange, names.ResultsQueue),
            // Last, so that no article arrives before all else is in place.
            new Binding(names.ArticlesExchange, names.ArticlesQueue),
        ];
    }

    public IReadOnlySet<string> Exchanges { get; }

    public IReadOnlyList<Queue> Queues { get; }

    public IReadOnlyList<Binding> Bindings { get; }

    /// <summary>Declares what is missing.</summary>
    /// <exception cref="TransportException">Something exists otherwise than declared, or the broker is too old. Names each difference.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellation)
    {
        RequireVersion(connection);
        var differences = new Differences();
        foreach (var exchange in Exchanges)
        {
            await CompareAsync(connection, differences, channel => Declare(channel, exchange, cancellation), cancellation);
        }

        foreach (var queue in Queues)
        {
            await CompareAsync(connection, differences, channel => Declare(channel, queue, cancellation), cancellation);
        }

        differences.ThrowIfAny();
        await using var binder = await connection.CreateChannelAsync(cancellationToken: cancellation);
        foreach (var binding in Bindings)
        {
            await binder.QueueBindAsync(binding.Queue, binding.Exchange, Binding.Everything, cancellationToken: cancellation);
        }
    }

    /// <summary>Compares without making anything. Bindings cannot be read over AMQP.</summary>
    /// <param name="compareArguments">Whether arguments are compared, which takes configure permission; else only existence.</param>
    /// <exception cref="TransportException">Something is missing or different. Names each difference.</exception>
    public async Task VerifyAsync(IConnection connection, bool compareArguments, CancellationToken cancellation)
    {
        RequireVersion(connection);
        var differences = new Differences();
        foreach (var exchange in Exchanges)
        {
            var exists = await CompareAsync(connection, differences, channel => channel.ExchangeDeclarePassiveAsync(exchange, cancellation), cancellation);
            if (exists && compareArguments)
            {
                await CompareAsync(connection, differences, channel => Declare(channel, exchange, cancellation), cancellation);
            }
        }

        foreach (var queue in Queues)
        {
            var exists = await CompareAsync(connection, differences, channel => channel.QueueDeclarePassiveAsync(queue.Name, cancellation), cancellation);
            if (exists && compareArguments)
            {
                await CompareAsync(connection, differences, channel => Declare(channel, queue, cancellation), cancellation);
            }
        }

        differences.ThrowIfAny();
    }

    private static Task Declare(IChannel channel, string exchange, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellation);

    private static Task<QueueDeclareOk> Declare(IChannel channel, Queue queue, CancellationToken cancellation) =>
        channel.QueueDeclareAsync(queue.Name, durable: true, exclusive: false, autoDelete: false, queue.AllArguments(), cancellationToken: cancellation);

    /// <summary>Asks one question on a channel of its own, since the broker closes the channel over a wrong answer.</summary>
    private static async Task<bool> CompareAsync(IConnection connection, Differences differences, Func<IChannel, Task> ask, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            await ask(channel);
            return true;
        }
        catch (OperationInterruptedException e) when (BrokerErrors.IsInequivalent(e, out var text))
        {
            differences.Different.Add(WithoutCode(text));
            return false;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            differences.Missing.Add(WithoutCode(e.ShutdownReason.ReplyText));
            return false;
        }
    }

    /// <summary>The broker's sentence without the "NOT_FOUND - " before it.</summary>
    private static string WithoutCode(string text) => text[(text.IndexOf(" - ", StringComparison.Ordinal) is >= 0 and var end ? end + 3 : 0)..];

    private static void RequireVersion(IConnection connection)
    {
        if (BrokerConnection.ServerVersion(connection) is { } version && version < OldestServer)
        {
            throw new TransportException($"The broker is RabbitMQ {version}; {OldestServer} or later is needed for quorum queues that dead-letter without loss.");
        }
    }

    /// <summary>What the broker has otherwise than configured, in its own words.</summary>
    private sealed class Differences
    {
        public List<string> Missing { get; } = [];

        public List<string> Different { get; } = [];

        public void ThrowIfAny()
        {
            if (Missing.Count + Different.Count == 0)
            {
                return;
            }

            var lines = new List<string> { "The broker's queues and exchanges are not as configured:" };
            lines.AddRange(Missing.Concat(Different).Select(difference => $"  {difference}"));
            if (Missing.Count > 0)
            {
                lines.Add("Make what is missing with 'moderation topology declare'.");
            }

            if (Different.Count > 0)
            {
                lines.Add("For what is different: change the option, or empty and delete it at the broker and let 'moderation topology declare' make it again.");
            }

            throw new TransportException(string.Join('\n', lines));
        }
    }

    /// <summary>A durable quorum queue that refuses what it has no room for, rather than dropping what it has.</summary>
    public sealed record Queue(string Name, IReadOnlyDictionary<string, object?> Arguments)
    {
        public Dictionary<string, object?> AllArguments() => new(Arguments) { ["x-queue-type"] = "quorum", ["x-overflow"] = "reject-publish" };
    }

    /// <summary>A queue that takes everything an exchange gets.</summary>
    public sealed record Binding(string Exchange, string Queue)
    {
        public const string Everything = "#";
    }
}
