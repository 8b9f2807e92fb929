using Microsoft.Extensions.Logging;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Polly;
using RabbitMQ.Client;

namespace Moderation.Worker.RabbitMq;

/// <summary>
/// One connection to the broker, opened when first needed and again whenever it was lost. The worker has two, one to consume and one to
/// publish: a broker short of memory or disk stops reading from connections that publish, and acknowledgements would be stuck with them.
/// </summary>
internal sealed partial class BrokerConnection : IAsyncDisposable
{
    private readonly string role;
    private readonly RabbitMqTimeouts timeouts;
    private readonly BrokerAddress address;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ResiliencePipeline<IConnection> opening;
    private readonly SemaphoreSlim turn = new(1);
    private IConnection? current;
    private long deliveries;

    public BrokerConnection(string role, RabbitMqOptions options, TimeProvider time, ILogger logger)
    {
        this.role = role;
        this.time = time;
        this.logger = logger;
        timeouts = options.Timeouts;
        address = new BrokerAddress(options);
        opening = new ResiliencePipelineBuilder<IConnection> { TimeProvider = time }
            .AddRetry(Reconnecting.Options<IConnection>(timeouts, e => e is not TransportException, (e, attempt, delay) => LogConnectFailed(role, address.ToString(), BrokerErrors.Describe(e), attempt, delay)))
            .Build();
    }

    public BrokerAddress Address => address;

    /// <summary>How many deliveries came over it, to all consumers together: while the number grows, the broker is there.</summary>
    public long Deliveries => Interlocked.Read(ref deliveries);

    /// <summary>The open connection, whoever waits for it opening it. Waits as long as the broker cannot be reached.</summary>
    /// <exception cref="TransportException">The broker was reached and refuses; a person must change something.</exception>
    public async Task<IConnection> GetAsync(CancellationToken cancellation)
    {
        if (current is { IsOpen: true } open)
        {
            return open;
        }

        await turn.WaitAsync(cancellation);
        try
        {
            if (current is not { IsOpen: true })
            {
                await DiscardAsync(current);
                current = await opening.ExecuteAsync(async token => await OpenAsync(token), cancellation);
            }

            return current;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A new channel, within the time that a request may take.</summary>
    public async Task<IChannel> OpenChannelAsync(CreateChannelOptions? options, CancellationToken cancellation)
    {
        var connection = await GetAsync(cancellation);
        return await connection.CreateChannelAsync(options, cancellation).WaitAsync(timeouts.Request, time, cancellation);
    }

    public void CountDelivery() => Interlocked.Increment(ref deliveries);

    /// <summary>Closes in good order, or gives up on it after the time that a request may take.</summary>
    public async ValueTask DisposeAsync()
    {
        await DiscardAsync(current);
        turn.Dispose();
    }

    private async Task<IConnection> OpenAsync(CancellationToken cancellation)
    {
        LogConnecting(role, address.ToString());
        var pending = address.CreateFactory().CreateConnectionAsync($"moderation {role}", cancellation);
        try
        {
            // Twice the timeout of each step inside: the login after the connect has the same budget.
            var connection = await pending.WaitAsync(timeouts.Connect * 2, time, cancellation);
            Watch(connection);
            LogConnected(role, address.ToString(), ServerVersion(connection)?.ToString() ?? "unknown");
            return connection;
        }
        catch (Exception e) when (BrokerErrors.ConfigurationFault(e, address) is { } fault)
        {
            throw new TransportException(fault, e);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _ = pending.ContinueWith(late => DiscardAsync(late.Result), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public static Version? ServerVersion(IConnection connection) =>
        connection.ServerProperties?.TryGetValue("version", out var value) == true && value is byte[] bytes
            && Version.TryParse(System.Text.Encoding.UTF8.GetString(bytes).Split('-', '+')[0], out var version) ? version : null;

    private async Task DiscardAsync(IConnection? connection)
    {
        if (connection is null)
        {
            return;
        }

        try
        {
            await connection.CloseAsync(Constants.ReplySuccess, "closing", timeouts.Request, abort: true, CancellationToken.None).WaitAsync(timeouts.Request, time);
            await connection.DisposeAsync().AsTask().WaitAsync(timeouts.Request, time);
        }
        catch (Exception)
        {
            // It was broken already; the broker notices by the missing heartbeat.
        }
    }
}
