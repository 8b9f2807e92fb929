using System.Text.Json;

namespace Moderation.Contracts.Messages;

/// <summary>What CloudEvents binary mode says in the headers. All prefixes in use are known: HTTP's, AMQP's, and the older AMQP one.</summary>
internal static class Envelope
{
    private static readonly string[] Prefixes = ["ce-", "cloudEvents_", "cloudEvents:", "ce_"];

    /// <summary>The attribute <paramref name="name"/> of a binary-mode event, or null.</summary>
    public static string? Attribute(IReadOnlyDictionary<string, string> headers, string name)
    {
        foreach (var (key, value) in headers)
        {
            foreach (var prefix in Prefixes)
            {
                if (key.Length == prefix.Length + name.Length
                    && key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                    && key.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                    return value;
            }
        }

        return null;
    }

    /// <summary>A header by its name, whatever its case.</summary>
    public static string? Header(IReadOnlyDictionary<string, string> headers, string name)
    {
        foreach (var (key, value) in headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>A media type without its parameters, in lower case; "" for none.</summary>
    public static string MediaType(string? contentType)
    {
        var semicolon = contentType.AsSpan().IndexOf(';');
        var type = (semicolon < 0 ? contentType.AsSpan() : contentType.AsSpan(0, semicolon)).Trim();
        return type.ToString().ToLowerInvariant();
    }

    /// <summary>Whether a JSON body is an event in structured mode; the media type decides, and without one the shape.</summary>
    public static bool IsStructured(string mediaType, JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && (mediaType.StartsWith("application/cloudevents", StringComparison.Ordinal)
            || (root.TryGetProperty("specversion", out _) && (root.TryGetProperty("data", out _) || root.TryGetProperty("data_base64", out _))));

    /// <summary>Why an event of that version cannot be read; null for one that can.</summary>
    public static InvalidMessage? RefuseVersion(string? version) => version switch
    {
        null => new(InvalidMessageCodes.BadEnvelope, "The CloudEvents envelope has no specversion: set it to 1.0."),
        _ when version == "1" || version.StartsWith("1.", StringComparison.Ordinal) => null,
        _ => new(InvalidMessageCodes.BadEnvelope, "The CloudEvents specversion is not 1.x: send CloudEvents 1.0."),
    };
}
