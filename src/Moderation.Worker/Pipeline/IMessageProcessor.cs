namespace Moderation.Worker.Pipeline;

/// <summary>Turns a message into an outcome. Safe for use from many threads; knows nothing of queues.</summary>
public interface IMessageProcessor
{
    /// <summary>Never throws for what is in the message: that is an outcome.</summary>
    /// <exception cref="OperationCanceledException">The worker is stopping and the drain budget is spent.</exception>
    ValueTask<MessageOutcome> ProcessAsync(IncomingMessage message, CancellationToken cancellation);
}
