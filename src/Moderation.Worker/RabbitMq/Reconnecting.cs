using Moderation.Worker.Options;
using Polly;
using Polly.Retry;

namespace Moderation.Worker.RabbitMq;

/// <summary>How the worker comes back to a broker that does not answer: for ever, ever more slowly, and never in step with other workers.</summary>
internal static class Reconnecting
{
    public static RetryStrategyOptions<T> Options<T>(RabbitMqTimeouts timeouts, Func<Exception, bool> isWorthRetrying, Action<Exception, int, TimeSpan> onRetry) => new()
    {
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = timeouts.Reconnect,
        MaxDelay = timeouts.MaxReconnect,
        // The client also says "cancelled" when a wait of its own ran out; only the caller's own token ends the attempts.
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } e && !arguments.Context.CancellationToken.IsCancellationRequested && isWorthRetrying(e)),
        OnRetry = arguments =>
        {
            onRetry(arguments.Outcome.Exception!, arguments.AttemptNumber + 1, arguments.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };
}
