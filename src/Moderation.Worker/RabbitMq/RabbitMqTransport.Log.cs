using Microsoft.Extensions.Logging;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.RabbitMq;

internal sealed partial class RabbitMqTransport
{
    [LoggerMessage(EventIds.TopologyVerified, LogLevel.Information, "Queues and exchanges are as configured: articles from {Articles}, results to {Results}, dead letters to {Dead}")]
    private partial void LogTopology(string articles, string results, string dead);

    [LoggerMessage(EventIds.ArticleDead, LogLevel.Warning, "A message from {Exchange} with key {RoutingKey} was dead-lettered: {Code}: {Reason}")]
    private partial void LogDead(string exchange, string routingKey, string code, string reason);

    [LoggerMessage(EventIds.ArticleRetry, LogLevel.Warning, "An article failed for now ({Code}: {Reason}) at attempt {Attempt}; next in {Delay}.")]
    private partial void LogRetry(string code, string reason, int attempt, TimeSpan delay);

    [LoggerMessage(EventIds.ArticleIsolated, LogLevel.Information, "A message from {Exchange} with key {RoutingKey} came back unsettled {Returns} times and is processed apart.")]
    private partial void LogIsolated(string exchange, string routingKey, int returns);

    [LoggerMessage(EventIds.ArticleReturned, LogLevel.Information, "An article goes back to the queue: {Why}.")]
    private partial void LogReturned(string why);

    [LoggerMessage(EventIds.ArticlePostponed, LogLevel.Warning, "A result could not be published for {Hold}; its article is put off for {Delay}.")]
    private partial void LogPostponed(TimeSpan hold, TimeSpan delay);

    [LoggerMessage(EventIds.SettleFailed, LogLevel.Error, "An error of the worker's own; the article is not lost.")]
    private partial void LogSettleFailed(Exception exception);

    [LoggerMessage(EventIds.Draining, LogLevel.Information, "Stopping: nothing new is taken; what is in work has {Budget} to finish.")]
    private partial void LogDraining(TimeSpan budget);

    [LoggerMessage(EventIds.Drained, LogLevel.Information, "Stopped. {Published} results published, {Dead} messages dead-lettered, {Retried} put off.")]
    private partial void LogDrained(long published, long dead, long retried);
}
