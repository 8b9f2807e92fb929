using Microsoft.Extensions.Logging;
using Moderation.Worker.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Moderation.Worker.RabbitMq;

/// <summary>What the broker says about the connection unasked: that it is closed, blocked by an alarm, or free again.</summary>
internal sealed partial class BrokerConnection
{
    private readonly Lock blocking = new();
    private TaskCompletionSource? blocked;

    /// <summary>Raised with the broker's reason when an alarm blocks the connection, and with null when it is over.</summary>
    public event Action<string?>? BlockedChanged;

    public bool IsBlocked => blocked is not null;

    /// <summary>Completes when no alarm blocks the connection.</summary>
    public Task WhenUnblockedAsync(CancellationToken cancellation) => blocked?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;

    private void Watch(IConnection connection)
    {
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            if (reason.Initiator != ShutdownInitiator.Application)
            {
                LogLost(role, BrokerErrors.Describe(reason));
            }

            SetBlocked(null);
            return Task.CompletedTask;
        };
        connection.ConnectionBlockedAsync += (_, alarm) =>
        {
            LogBlocked(role, alarm.Reason);
            SetBlocked(alarm.Reason);
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            LogUnblocked(role);
            SetBlocked(null);
            return Task.CompletedTask;
        };
    }

    private void SetBlocked(string? reason)
    {
        lock (blocking)
        {
            if (reason is not null == blocked is not null)
            {
                return;
            }

            if (reason is not null)
            {
                blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else
            {
                blocked!.SetResult();
                blocked = null;
            }
        }

        BlockedChanged?.Invoke(reason);
    }

    [LoggerMessage(EventIds.Connecting, LogLevel.Debug, "Connecting to {Address} to {Role}")]
    private partial void LogConnecting(string role, string address);

    [LoggerMessage(EventIds.Connected, LogLevel.Information, "Connected to {Address} to {Role}; the broker is version {Version}")]
    private partial void LogConnected(string role, string address, string version);

    [LoggerMessage(EventIds.ConnectFailed, LogLevel.Warning, "Cannot connect to {Address} to {Role}: {Reason}. Attempt {Attempt} failed; next in {Delay}.")]
    private partial void LogConnectFailed(string role, string address, string reason, int attempt, TimeSpan delay);

    [LoggerMessage(EventIds.ConnectionLost, LogLevel.Warning, "The connection to {Role} was lost: {Reason}")]
    private partial void LogLost(string role, string reason);

    [LoggerMessage(EventIds.ConnectionBlocked, LogLevel.Warning, "The broker has an alarm and blocks the connection to {Role}: {Reason}. Free memory or disk at the broker; the worker waits.")]
    private partial void LogBlocked(string role, string reason);

    [LoggerMessage(EventIds.ConnectionUnblocked, LogLevel.Information, "The broker's alarm is over; the connection to {Role} is free again.")]
    private partial void LogUnblocked(string role);
}
