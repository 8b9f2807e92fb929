namespace Moderation.Worker.Pipeline;

/// <summary>One article message as a transport received it. The body belongs to the message: a transport hands over a copy.</summary>
/// <param name="Attempt">How often the message has been tried, this time included; from 1.</param>
public sealed record IncomingMessage(ReadOnlyMemory<byte> Body, string? ContentType, IReadOnlyDictionary<string, string> Headers, int Attempt)
{
    public static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();
}
