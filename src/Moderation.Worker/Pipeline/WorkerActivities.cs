using System.Diagnostics;

namespace Moderation.Worker.Pipeline;

/// <summary>The spans that the worker's traces are made of.</summary>
internal static class WorkerActivities
{
    public const string SourceName = "Moderation.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>One article from read to written, under the trace that its producer began (W3C <c>traceparent</c>). Null while nobody listens.</summary>
    public static Activity? StartAnnotation(IncomingMessage message)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        _ = ActivityContext.TryParse(TraceParent(message.Headers), null, isRemote: true, out var producer);
        return Source.StartActivity("annotate article", ActivityKind.Consumer, producer)?
            .SetTag("messaging.message.body.size", message.Body.Length)
            .SetTag("moderation.attempt", message.Attempt);
    }

    /// <summary>As CloudEvents' distributed tracing extension names it, in any of its three AMQP spellings, or plain.</summary>
    private static string? TraceParent(IReadOnlyDictionary<string, string> headers)
    {
        foreach (var prefix in (string[])["ce-", "cloudEvents_", "cloudEvents:", ""])
        {
            if (headers.TryGetValue(prefix + "traceparent", out var value))
            {
                return value;
            }
        }

        return null;
    }
}
