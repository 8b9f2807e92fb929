using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace Moderation.Worker.RabbitMq;

/// <summary>The headers that the worker reads and writes, and those it must not copy.</summary>
internal static class MessageHeaders
{
    public const string Error = "x-moderation-error";
    public const string Reason = "x-moderation-reason";

    /// <summary>How often the article has been tried.</summary>
    public const string Attempts = "x-moderation-attempts";

    /// <summary>Where the article was first published to; kept through retries.</summary>
    public const string OriginalExchange = "x-moderation-original-exchange";
    public const string OriginalRoutingKey = "x-moderation-original-routing-key";

    /// <summary>How often the broker has delivered the message before; absent at the first delivery.</summary>
    public const string DeliveryCount = "x-delivery-count";

    /// <summary>What the broker notes when it dead-letters by itself.</summary>
    public const string FirstDeathReason = "x-first-death-reason";

    private const int LongestReason = 1000;

    /// <summary>The headers as text; what is not text or a number is left out.</summary>
    public static Dictionary<string, string> ToText(IReadOnlyBasicProperties properties)
    {
        var text = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>())
        {
            if (Text(value) is { } converted)
            {
                text[name] = converted;
            }
        }

        if (properties.IsContentEncodingPresent())
        {
            text["content-encoding"] = properties.ContentEncoding!;
        }

        return text;
    }

    public static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) ? Text(value) : null;

    /// <summary>A header's value as a count; 0 where it is absent or no number.</summary>
    public static int Count(IDictionary<string, object?>? headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>Properties for a copy of the message: persistent, with where it came from, without what the broker writes itself.</summary>
    public static BasicProperties Copy(Delivery delivery)
    {
        var copy = new BasicProperties(delivery.Properties) { DeliveryMode = DeliveryModes.Persistent };
        // A priority or expiry of the original's must not decide over the copy; a user id would have to be the worker's own.
        copy.ClearExpiration();
        copy.ClearUserId();
        var headers = delivery.Properties.Headers is { } original ? new Dictionary<string, object?>(original) : [];
        headers.Remove(DeliveryCount);
        headers.Remove("CC");
        headers.Remove("BCC");
        headers.TryAdd(OriginalExchange, delivery.Exchange);
        headers.TryAdd(OriginalRoutingKey, delivery.RoutingKey);
        copy.Headers = headers;
        return copy;
    }

    public static BasicProperties CopyForDeath(Delivery delivery, string code, string reason)
    {
        var copy = Copy(delivery);
        copy.Headers![Error] = code;
        copy.Headers[Reason] = reason.Length <= LongestReason ? reason : reason[..LongestReason] + "…";
        copy.Headers[Attempts] = delivery.Attempt;
        return copy;
    }

    private static string? Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        bool flag => flag ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
