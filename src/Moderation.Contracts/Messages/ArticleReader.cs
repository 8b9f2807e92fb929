using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Contracts.Markup;

namespace Moderation.Contracts.Messages;

/// <summary>
/// Reads an article out of a message: CloudEvents structured or binary, or bare JSON, holding a plain article, IPTC ninjs, schema.org
/// JSON-LD or an Arc XP story. Whatever the bytes, the outcome is an article or the reason why there is none, never an exception.
/// </summary>
public static class ArticleReader
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <param name="body">The message's body. Nothing of it is kept.</param>
    /// <param name="contentType">The media type, where the transport has a place of its own for it.</param>
    /// <param name="headers">Headers or application properties as strings; names in any case.</param>
    /// <param name="limits">What the message may weigh.</param>
    public static ArticleReadResult Read(ReadOnlyMemory<byte> body, string? contentType, IReadOnlyDictionary<string, string>? headers, InputLimits limits)
    {
        headers ??= NoHeaders;
        if (MessageBytes.ToUtf8(body, Envelope.Header(headers, "content-encoding"), limits, out var utf8) is { } invalid)
            return invalid;

        contentType = string.IsNullOrWhiteSpace(contentType) ? Envelope.Header(headers, "content-type") : contentType;
        var specVersion = Envelope.Attribute(headers, "specversion");
        if (specVersion is not null && Envelope.RefuseVersion(specVersion) is { } badVersion)
            return badVersion;

        var mediaType = Envelope.MediaType(contentType ?? Envelope.Attribute(headers, "datacontenttype"));
        var subject = Envelope.Attribute(headers, "subject");
        return ReadUtf8(utf8, mediaType, subject, limits);
    }

    /// <summary>Reads an article that is a document of its own, such as a file.</summary>
    /// <param name="document">Its bytes: UTF-8, or gzip with <paramref name="contentEncoding"/> saying so.</param>
    /// <param name="mediaType">text/plain, text/html, application/xhtml+xml, or a JSON type.</param>
    /// <param name="id">The article's id where the document itself has none.</param>
    /// <param name="limits">What the document may weigh.</param>
    /// <param name="contentEncoding">gzip, or null.</param>
    public static ArticleReadResult ReadDocument(ReadOnlyMemory<byte> document, string mediaType, string id, InputLimits limits, string? contentEncoding = null) =>
        MessageBytes.ToUtf8(document, contentEncoding, limits, out var utf8) is { } invalid
            ? invalid
            : ReadUtf8(utf8, mediaType, id, limits);

    private static ArticleReadResult ReadUtf8(ReadOnlyMemory<byte> utf8, string mediaType, string? subject, InputLimits limits) =>
        mediaType is "text/plain" or "text/html" or "application/xhtml+xml"
            ? ReadText(Encoding.UTF8.GetString(utf8.Span), mediaType, subject, limits)
            : ReadJson(utf8, mediaType, subject, limits);

    private static ArticleReadResult ReadJson(ReadOnlyMemory<byte> utf8, string mediaType, string? subject, InputLimits limits)
    {
        if (MessageBytes.NestDeeperThan(utf8.Span, limits.MaxJsonDepth))
        {
            return ArticleReadResult.Refused(
                InvalidMessageCodes.TooDeep, $"The JSON nests deeper than {limits.MaxJsonDepth} levels: flatten it, or raise MaxJsonDepth.");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = limits.MaxJsonDepth });
            return Envelope.IsStructured(mediaType, document.RootElement)
                ? ReadEvent(document.RootElement, limits)
                : Payload.Read(document.RootElement, subject, limits);
        }
        catch (JsonException exception)
        {
            return ArticleReadResult.Refused(
                InvalidMessageCodes.BadJson,
                $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}): send one article as one JSON object.");
        }
        catch (InvalidOperationException)
        {
            // A name with half of a surrogate pair escaped in it: valid to the grammar, and no Unicode text.
            return ArticleReadResult.Refused(
                InvalidMessageCodes.BadJson, "A field name in the JSON holds an escape that is no Unicode character: mend the producer.");
        }
    }

    private static ArticleReadResult ReadEvent(JsonElement root, InputLimits limits)
    {
        var problem = new MessageFields.Problem();
        var envelope = new MessageFields(root, problem);
        var refusal = Envelope.RefuseVersion(envelope.Text("specversion"));
        var subject = envelope.Text("subject");
        var dataType = Envelope.MediaType(envelope.Text("datacontenttype"));
        var packed = envelope.Text("data_base64");
        if ((problem.First ?? refusal) is { } invalid)
            return invalid;

        if (packed is not null)
            return ReadPacked(packed, dataType, subject, limits);
        if (envelope.Find("data") is not { } data)
            return ArticleReadResult.Refused(InvalidMessageCodes.BadEnvelope, "The CloudEvents envelope has no data: put the article there.");
        if (data.ValueKind != JsonValueKind.String)
            return Payload.Read(data, subject, limits);

        // Data that is a string is the text itself, or JSON that was turned into a string on the way.
        var text = JsonText.Read(data);
        return ReadUtf8(Encoding.UTF8.GetBytes(text), dataType, subject, limits);
    }

    private static ArticleReadResult ReadPacked(string packed, string dataType, string? subject, InputLimits limits)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(packed.Length)];
        if (!Convert.TryFromBase64String(packed, bytes, out var length))
            return ArticleReadResult.Refused(InvalidMessageCodes.BadEnvelope, "The envelope's data_base64 is not base64: encode it again, or use data.");
        if (MessageBytes.ToUtf8(bytes.AsMemory(0, length), null, limits, out var utf8) is { } invalid)
            return invalid;
        return ReadUtf8(utf8, dataType, subject, limits);
    }

    /// <summary>A body that is the article itself; only the envelope can name it.</summary>
    private static ArticleReadResult ReadText(string text, string mediaType, string? subject, InputLimits limits)
    {
        var draft = new ArticleDraft { Id = subject };
        if (mediaType == "text/plain")
            draft.Text = text;
        else
            draft.UseMarkup(text, xhtml: mediaType == "application/xhtml+xml", limits);
        return draft.ToArticle(limits);
    }
}
