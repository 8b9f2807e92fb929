using Microsoft.Extensions.Logging;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.RabbitMq;

internal sealed partial class Subscription
{
    [LoggerMessage(EventIds.Consuming, LogLevel.Information, "Consuming {Queue}, up to {Prefetch} messages at a time")]
    private partial void LogConsuming(string queue, int prefetch);

    [LoggerMessage(EventIds.ConsumerLost, LogLevel.Warning, "Consuming {Queue} was interrupted: {Signal}. Rebuilding.")]
    private partial void LogConsumerLost(string queue, string signal);

    [LoggerMessage(EventIds.ConsumerPaused, LogLevel.Warning, "Consuming {Queue} is paused: {Reason}")]
    private partial void LogPaused(string queue, string reason);

    [LoggerMessage(EventIds.AckTimeout, LogLevel.Error, "The broker waited too long for an acknowledgement and closed the channel of {Queue} ({Signal}). Its setting consumer_timeout is shorter than an article may take here: raise it, or lower Moderation:Processing:Timeout and Moderation:RabbitMq:Hold, and set Moderation:RabbitMq:Timeouts:BrokerAck to match. Rebuilding.")]
    private partial void LogAckTimeout(string queue, string signal);

    [LoggerMessage(EventIds.SubscribeFailed, LogLevel.Warning, "Cannot consume {Queue}: {Reason} Attempt {Attempt} failed; next in {Delay}.")]
    private partial void LogSubscribeFailed(string queue, string reason, int attempt, TimeSpan delay);
}
