using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderation.Broker.Tests.Broker;
using Moderation.Worker.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Moderation.Broker.Tests.Harness;

/// <summary>One result as a consumer gets it.</summary>
internal sealed record ProbedResult(string EventId, string RoutingKey, string ArticleId, string BodyHash);

/// <summary>One dead letter.</summary>
internal sealed record ProbedDeath(byte[] Body, IReadOnlyDictionary<string, string> Headers, string RoutingKey);

/// <summary>
/// Publishes articles and looks at what comes out, through connections of its own that survive whatever is done to the broker. Each has
/// its own names for queues and exchanges, so that no test sees another's.
/// </summary>
internal sealed class QueueProbe(PrivateBroker broker) : IAsyncDisposable
{
    private readonly string prefix = $"t{Guid.NewGuid():N}"[..10];
    private IConnection? connection;

    public string ArticlesExchange => $"{prefix}.articles";

    public string ArticlesQueue => $"{prefix}.articles";

    public string ResultsExchange => $"{prefix}.results";

    public string ResultsQueue => $"{prefix}.results";

    public string DeadQueue => $"{prefix}.articles.dead";

    public string IsolatedQueue => $"{prefix}.articles.isolated";

    /// <summary>The settings that make a worker use this probe's names, and limits short enough for a test.</summary>
    public Dictionary<string, string?> Settings(string? uri = null) => new()
    {
        ["Moderation:Transport"] = "RabbitMq",
        ["Moderation:RabbitMq:Uri"] = uri ?? broker.Uri,
        ["Moderation:RabbitMq:Names:ArticlesExchange"] = ArticlesExchange,
        ["Moderation:RabbitMq:Names:ArticlesQueue"] = ArticlesQueue,
        ["Moderation:RabbitMq:Names:ResultsExchange"] = ResultsExchange,
        ["Moderation:RabbitMq:Names:ResultsQueue"] = ResultsQueue,
        ["Moderation:RabbitMq:Timeouts:Connect"] = "00:00:02",
        ["Moderation:RabbitMq:Timeouts:Heartbeat"] = "00:00:02",
        ["Moderation:RabbitMq:Timeouts:Request"] = "00:00:02",
        ["Moderation:RabbitMq:Timeouts:Publish"] = "00:00:02",
        ["Moderation:RabbitMq:Timeouts:Reconnect"] = "00:00:00.100",
        ["Moderation:RabbitMq:Timeouts:MaxReconnect"] = "00:00:01",
        ["Moderation:RabbitMq:Timeouts:Watchdog"] = "00:00:00.500",
        ["Moderation:RabbitMq:Hold"] = "00:01:00",
        ["Moderation:RabbitMq:Break"] = "00:00:00.500",
        ["Moderation:RabbitMq:DeliveryLimit"] = "20",
        ["Moderation:Processing:RetryDelay"] = "00:00:00.200",
        ["Moderation:Processing:RetryBackoff"] = "2",
        ["Moderation:Shutdown:Drain"] = "00:00:10",
        ["Moderation:Shutdown:Timeout"] = "00:00:20",
        ["Moderation:Health:File"] = "",
    };

    public static byte[] Article(string id, string text = "The council met on Monday.") =>
        JsonSerializer.SerializeToUtf8Bytes(new { id, text, outlet = "Test Desk" });

    /// <summary>Publishes until each is confirmed, through any fault. Returns only then, so that what is lost later is the worker's loss.</summary>
    public async Task PublishAsync(IEnumerable<byte[]> bodies, Dictionary<string, object?>? headers = null)
    {
        var pending = bodies.ToList();
        while (pending.Count > 0)
        {
            try
            {
                await using var channel = await (await ConnectAsync()).CreateChannelAsync(new CreateChannelOptions(true, true));
                var unsure = new ConcurrentBag<byte[]>();
                foreach (var batch in pending.Chunk(200))
                {
                    await Task.WhenAll(batch.Select(async body =>
                    {
                        try
                        {
                            var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json", Headers = headers };
                            await channel.BasicPublishAsync(ArticlesExchange, "news.test", mandatory: true, properties, body).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
                        }
                        catch (Exception e) when (IsBroken(e))
                        {
                            unsure.Add(body);
                        }
                    }));
                }

                pending = [.. unsure];
            }
            catch (Exception e) when (IsBroken(e))
            {
                await Task.Delay(100);
            }
        }
    }

    public Task PublishAsync(params byte[][] bodies) => PublishAsync(bodies.AsEnumerable());

    /// <summary>How many messages are ready in a queue; -1 while nobody can tell.</summary>
    public async Task<int> CountAsync(string queue)
    {
        try
        {
            await using var channel = await (await ConnectAsync()).CreateChannelAsync();
            return (int)(await channel.QueueDeclarePassiveAsync(queue).WaitAsync(TimeSpan.FromSeconds(5))).MessageCount;
        }
        catch (Exception e) when (IsBroken(e))
        {
            return -1;
        }
    }

    /// <summary>Waits until the results queue holds that many messages or more.</summary>
    public Task UntilResultsAsync(int count, TimeSpan standstill) => Wait.UntilCountAsync(() => CountAsync(ResultsQueue), count, standstill, $"{count} results are there");

    public Task UntilDeadAsync(int count, TimeSpan standstill) => Wait.UntilCountAsync(() => CountAsync(DeadQueue), count, standstill, $"{count} dead letters are there");

    /// <summary>Waits until nothing is waiting anywhere and each article has a result or is dead; then takes all results.</summary>
    public async Task<IReadOnlyList<ProbedResult>> TakeResultsAsync()
    {
        var results = new List<ProbedResult>();
        await TakeAllAsync(ResultsQueue, message => results.Add(ToResult(message)));
        return results;
    }

    /// <summary>All results as they are.</summary>
    public async Task<IReadOnlyList<string>> TakeResultBodiesAsync()
    {
        var bodies = new List<string>();
        await TakeAllAsync(ResultsQueue, message => bodies.Add(Encoding.UTF8.GetString(message.Body.Span)));
        return bodies;
    }

    public async Task<IReadOnlyList<ProbedDeath>> TakeDeadAsync()
    {
        var letters = new List<ProbedDeath>();
        await TakeAllAsync(DeadQueue, message => letters.Add(new ProbedDeath(
            message.Body.ToArray(),
            (message.BasicProperties.Headers ?? new Dictionary<string, object?>()).ToDictionary(header => header.Key, header => header.Value is byte[] text ? Encoding.UTF8.GetString(text) : header.Value?.ToString() ?? ""),
            message.RoutingKey)));
        return letters;
    }

    /// <summary>Does something on a channel of the probe's own.</summary>
    public async Task<T> OnChannelAsync<T>(Func<IChannel, Task<T>> work)
    {
        await using var channel = await (await ConnectAsync()).CreateChannelAsync();
        return await work(channel);
    }

    public async Task OnChannelAsync(Func<IChannel, Task> work)
    {
        await using var channel = await (await ConnectAsync()).CreateChannelAsync();
        await work(channel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in (string[])[ArticlesQueue, ResultsQueue, DeadQueue, IsolatedQueue])
        {
            await OnChannelAsync(channel => channel.QueueDeleteAsync(queue));
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    internal static bool IsBroken(Exception e) =>
        e is AlreadyClosedException or OperationInterruptedException or BrokerUnreachableException or PublishException or TimeoutException or IOException or ObjectDisposedException or OperationCanceledException or System.Net.Sockets.SocketException;

    private static ProbedResult ToResult(BasicGetResult message)
    {
        using var document = JsonDocument.Parse(message.Body);
        var id = document.RootElement.GetProperty("id").GetString()!;
        Assert.Equal(message.BasicProperties.MessageId, id);
        Assert.True(message.BasicProperties.Persistent);
        var article = document.RootElement.GetProperty("data").GetProperty("article").GetProperty("id").GetString()!;
        return new ProbedResult(id, message.RoutingKey, article, Convert.ToHexString(SHA256.HashData(message.Body.Span)));
    }

    private Task TakeAllAsync(string queue, Action<BasicGetResult> take) => OnChannelAsync(async channel =>
    {
        while (await channel.BasicGetAsync(queue, autoAck: false) is { } message)
        {
            take(message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        }
    });

    private async Task<IConnection> ConnectAsync()
    {
        if (connection is not { IsOpen: true })
        {
            var factory = new ConnectionFactory { Uri = new Uri(broker.Uri), AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = TimeSpan.FromSeconds(5), RequestedHeartbeat = TimeSpan.FromSeconds(10), ContinuationTimeout = TimeSpan.FromSeconds(10) };
            connection = await factory.CreateConnectionAsync($"probe {prefix}");
        }

        return connection;
    }
}
