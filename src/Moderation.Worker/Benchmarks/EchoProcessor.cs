using System.Text;
using Moderation.Annotation.Results;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Benchmarks;

/// <summary>
/// Does nothing with an article: gives the outcome that was worked out for it before. A worker with it does all that the transport does, for
/// the same bytes in and out, and shows what the broker alone allows.
/// </summary>
internal sealed class EchoProcessor(IReadOnlyDictionary<string, MessageOutcome> outcomes) : IMessageProcessor
{
    public ValueTask<MessageOutcome> ProcessAsync(IncomingMessage message, CancellationToken cancellation) => new(outcomes[KeyOf(message.Body.Span)]);

    /// <summary>The start of a message, up to where its text begins: its id.</summary>
    public static string KeyOf(ReadOnlySpan<byte> message) => Encoding.UTF8.GetString(message[..message.IndexOf("\"text\""u8)]);

    /// <summary>An article's message as the key expects it: its id first, then its text.</summary>
    public static byte[] MessageOf(Article article) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { id = article.Id, text = article.Text, outlet = article.Outlet });
}
