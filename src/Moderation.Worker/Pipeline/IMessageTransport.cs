namespace Moderation.Worker.Pipeline;

/// <summary>
/// Takes messages in, has them processed, and settles each by its outcome: at least once, and never a second, different answer.
/// </summary>
public interface IMessageTransport
{
    /// <summary>
    /// Works until <paramref name="stopping"/> is cancelled, then takes nothing new, finishes what is in work within the drain budget and returns.
    /// Returns by itself only when told to drain once.
    /// </summary>
    /// <exception cref="TransportException">The transport cannot work until a person changes something.</exception>
    Task RunAsync(CancellationToken stopping);
}

/// <summary>A failure that waiting does not cure. The message says what is wrong and what to change, and holds no credentials.</summary>
public sealed class TransportException(string message, Exception? inner = null) : Exception(message, inner);
