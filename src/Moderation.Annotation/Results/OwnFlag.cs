using Moderation.Annotation.Text;

namespace Moderation.Annotation.Results;

/// <summary>
/// A flag of a newsroom's own scorer, over a whole sentence. Its family and label are the newsroom's; its confidence is what the scorer says, which
/// nobody here has calibrated: so its tier is always "suggest".
/// </summary>
public sealed record OwnFlag
{
    /// <summary>Stable, as that of an <see cref="Annotation"/>.</summary>
    public required string Id { get; init; }

    public required string Family { get; init; }

    public required string Label { get; init; }

    /// <summary>Name of the scorer, one of <see cref="EngineDescription.Scorers"/>.</summary>
    public required string Scorer { get; init; }

    public required TextSpan Span { get; init; }

    /// <summary>The scorer's probability, 0..1.</summary>
    public required double Confidence { get; init; }

    public required Severity Severity { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>One plain sentence for a moderator.</summary>
    public required string Reason { get; init; }
}

/// <summary>One of a newsroom's own scorers: its file by hash, and from which probability on it flags what.</summary>
public sealed record ScorerDescription(string Name, string Sha256, string Family, string Label, double Threshold);
