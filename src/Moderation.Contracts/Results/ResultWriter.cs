using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moderation.Annotation.Results;

namespace Moderation.Contracts.Results;

/// <summary>
/// Writes results as the contract has them, straight to a buffer. The bytes depend on the result alone: no clock, no culture, no
/// machine. Every field of the contract is there in every result; null says that there is nothing to say.
/// </summary>
public static class ResultWriter
{
    /// <summary>The CloudEvents type of a result. A change that consumers could notice makes it v2.</summary>
    public const string EventType = "org.moderation.article.annotated.v1";

    /// <summary>The CloudEvents source: the same for all workers, since they give the same answer.</summary>
    public const string EventSource = "urn:moderation:annotator";

    /// <summary>The media type of what <see cref="WriteEvent"/> writes.</summary>
    public const string EventMediaType = "application/cloudevents+json; charset=utf-8";

    // Relaxed escaping leaves &, <, > and other scripts readable. It still escapes all controls and the Unicode line separators, so
    // that one result is one line to every reader. It is not for embedding in HTML.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>The result's event id: the same for the same article under the same engine.</summary>
    public static Guid EventId(AnnotatedArticle result) => EventIds.EventId(result, EventIds.TextSha256(result.Article.Text));

    /// <summary>Writes the result as a CloudEvents 1.0 structured message.</summary>
    /// <returns>The event's id.</returns>
    /// <exception cref="ResultInvariantException">The result breaks the contract. Nothing was written.</exception>
    public static Guid WriteEvent(AnnotatedArticle result, IBufferWriter<byte> output)
    {
        var document = ResultDocument.Of(result);
        var id = EventIds.EventId(result, document.TextSha256);
        using var json = new Utf8JsonWriter(output, Compact);
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, id);
        json.WriteString("source"u8, EventSource);
        json.WriteString("type"u8, EventType);
        json.WriteString("subject"u8, result.Article.Id);
        if (result.Article.PublishedAt is { } published)
            json.WriteString("time"u8, published);
        json.WriteString("datacontenttype"u8, "application/json"u8);
        json.WritePropertyName("data"u8);
        document.Write(json);
        json.WriteEndObject();
        return id;
    }

    /// <summary>Writes the bare data, on one line.</summary>
    /// <exception cref="ResultInvariantException">The result breaks the contract. Nothing was written.</exception>
    public static void WriteData(AnnotatedArticle result, IBufferWriter<byte> output) => WriteData(result, output, Compact);

    /// <summary>Writes the bare data, indented for people.</summary>
    /// <exception cref="ResultInvariantException">The result breaks the contract. Nothing was written.</exception>
    public static void WriteIndentedData(AnnotatedArticle result, IBufferWriter<byte> output) => WriteData(result, output, Indented);

    private static void WriteData(AnnotatedArticle result, IBufferWriter<byte> output, JsonWriterOptions options)
    {
        var document = ResultDocument.Of(result);
        using var json = new Utf8JsonWriter(output, options);
        document.Write(json);
    }
}
