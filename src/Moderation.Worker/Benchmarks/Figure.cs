namespace Moderation.Worker.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="Group">What was measured.</param>
/// <param name="Name">Which figure of it, with its unit.</param>
/// <param name="Bar">The figure that is to be reached; null where there is none.</param>
/// <param name="AtLeast">Whether the bar is a least figure, and not a largest.</param>
internal sealed record Figure(string Group, string Name, double Value, double? Bar = null, bool AtLeast = true)
{
    /// <summary>Null where there is no bar.</summary>
    public bool? Reached => Bar is not { } bar ? null : AtLeast ? Value >= bar : Value <= bar;
}
