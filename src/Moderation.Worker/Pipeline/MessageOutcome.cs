using Moderation.Annotation.Results;

namespace Moderation.Worker.Pipeline;

/// <summary>What became of a message. The kind decides: publish and acknowledge, dead-letter, or try again.</summary>
public abstract record MessageOutcome
{
    private MessageOutcome()
    {
    }

    /// <summary>The article was annotated; <paramref name="Body"/> is the event to publish. The same article under the same engine gives the same bytes.</summary>
    public sealed record Published(Guid EventId, string ArticleId, string? Outlet, Disposition Disposition, ReadOnlyMemory<byte> Body) : MessageOutcome;

    /// <summary>The message is at fault and always will be.</summary>
    /// <param name="Code">A stable name of the fault, such as <c>bad-json</c>.</param>
    /// <param name="Reason">One sentence: what is wrong and what to do.</param>
    public sealed record Rejected(string Code, string Reason) : MessageOutcome;

    /// <summary>The circumstances were at fault; the same message may succeed later.</summary>
    public sealed record Transient(string Code, string Reason) : MessageOutcome;
}

/// <summary>The codes that the worker itself gives; those about an article's content come from the contract.</summary>
internal static class OutcomeCodes
{
    public const string Timeout = "annotation-timeout";
    public const string Failed = "annotation-failed";
    public const string BadResult = "result-invalid";
    public const string RetriesExhausted = "retries-exhausted";
    public const string DeliveryLimit = "delivery-limit";
    public const string TooLarge = "too-large";
    public const string Empty = "empty";
    public const string UnsupportedFile = "unsupported-file";
    public const string Unreadable = "unreadable";
}
