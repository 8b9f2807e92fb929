using System.Collections.Concurrent;

namespace Moderation.Worker.Health;

/// <summary>How well the worker, or one part of it, is; worst last.</summary>
public enum HealthLevel
{
    Ready,

    /// <summary>Works, but something needs a look: an alarm at the broker, results that cannot be routed.</summary>
    Degraded,

    /// <summary>Takes no articles at present.</summary>
    NotReady,
}

/// <summary>What the parts of the worker say of themselves. The worker is as well as its worst part.</summary>
public sealed class HealthState
{
    private readonly ConcurrentDictionary<string, (HealthLevel Level, string Reason)> parts = new();

    /// <summary>Raised when a part's level or reason changed: the part, its level, its reason.</summary>
    public event Action<string, HealthLevel, string>? Changed;

    public HealthLevel Level => parts.IsEmpty ? HealthLevel.NotReady : parts.Values.Max(part => part.Level);

    /// <summary>The reasons of all parts that are not well, or "starting" before any part has reported.</summary>
    public IReadOnlyList<string> Reasons => parts.IsEmpty
        ? ["starting"]
        : [.. parts.Where(part => part.Value.Level != HealthLevel.Ready).OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key}: {part.Value.Reason}")];

    public void Report(string part, HealthLevel level, string reason = "")
    {
        var changed = !parts.TryGetValue(part, out var before) || before != (level, reason);
        parts[part] = (level, reason);
        if (changed)
        {
            Changed?.Invoke(part, level, reason);
        }
    }
}
