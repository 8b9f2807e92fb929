using Microsoft.Extensions.Logging;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.RabbitMq;

internal sealed partial class Publisher
{
    [LoggerMessage(EventIds.PublishFailed, LogLevel.Warning, "A publish to {Target} was not confirmed ({Outcome}: {Detail}); it is tried again.")]
    private partial void LogPublishFailed(string target, PublishOutcome outcome, string detail);

    [LoggerMessage(EventIds.PublishUnroutable, LogLevel.Error, "{Target} has no queue bound for routing key {RoutingKey}. Bind one; the article is kept and tried again meanwhile.")]
    private partial void LogUnroutable(string target, string routingKey);

    [LoggerMessage(EventIds.BreakerOpened, LogLevel.Warning, "Half of the publishes fail ({Outcome}: {Detail}); consuming pauses for {Duration}.")]
    private partial void LogBreakerOpened(TimeSpan duration, PublishOutcome outcome, string detail);

    [LoggerMessage(EventIds.BreakerClosed, LogLevel.Information, "Publishing works again.")]
    private partial void LogBreakerClosed();
}
