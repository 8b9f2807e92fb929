using Moderation.Annotation.Text;

namespace Moderation.Annotation.Results;

/// <summary>Everything the engine found in one article.</summary>
public sealed record AnnotatedArticle
{
    public required Article Article { get; init; }

    public required EngineDescription Engine { get; init; }

    public required Summary Summary { get; init; }

    public required IReadOnlyList<Zone> Zones { get; init; }

    public required IReadOnlyList<AttributionRelation> Attributions { get; init; }

    /// <summary>The flags, by position.</summary>
    public required IReadOnlyList<Annotation> Annotations { get; init; }

    /// <summary>The flags of the newsroom's own scorers, by position; empty where there are none.</summary>
    public IReadOnlyList<OwnFlag> OwnFlags { get; init; } = [];

    /// <summary>Every sentence with its scores; null unless the detail asks for them.</summary>
    public IReadOnlyList<SentenceScores>? Sentences { get; init; }

    public required Coverage Coverage { get; init; }
}

/// <summary>What a caller wants beside the flags.</summary>
public enum Detail
{
    Flags,
    Sentences,
}

/// <summary>Enough to reproduce a result: program and model by version and hash, and the profile's thresholds.</summary>
/// <param name="Fingerprint">A short hash over all that decides a result; part of the event id.</param>
public sealed record EngineDescription(string Version, ModelDescription Model, string Profile, IReadOnlyDictionary<string, double> Thresholds, string Fingerprint)
{
    /// <summary>The newsroom's own scorers, which run beside the engine.</summary>
    public IReadOnlyList<ScorerDescription> Scorers { get; init; } = [];
}

public sealed record ModelDescription(string Name, string Version, string Sha256);

/// <summary>
/// What the article is like as a whole: calibrated probabilities, 0..1, that at least a fifth of its sentences carry a fault of the family, or are
/// opinion, and, overall, that ten or more of them are slanted: a text of a few sentences stays low there, however charged they are. Of a text of
/// fewer than four sentences: that a sentence like its own carries the fault, is opinion, is slanted.
/// </summary>
public readonly record struct ArticleScores(double LoadedLanguage, double UnsourcedClaims, double Editorializing, double Opinion, double Overall);

/// <summary>What a moderator should do with the article.</summary>
public enum Disposition
{
    Clear,
    Review,
    Priority,
}

/// <param name="Flags">All flags: the engine's and those of own scorers.</param>
/// <param name="ByFamily">The engine's flags.</param>
public sealed record Summary(int Words, int Flags, double FlagsPer1000Words, IReadOnlyDictionary<Family, int> ByFamily, ArticleScores Scores, Disposition Disposition);

/// <summary>The kinds of source that an attribution can name.</summary>
public enum SourceKind
{
    Named,
    Organisation,
    Document,
    Data,
    Anonymous,
    Vague,
    None,
}

/// <summary>A source said (cue) something (content). Content may be in several stretches; source and cue may be absent.</summary>
public sealed record AttributionRelation(SourceKind Kind, TextSpan? Source, TextSpan? Cue, IReadOnlyList<TextSpan> Content);

/// <summary>How far a flag can be relied on: <see cref="Confirm"/> puts precision first.</summary>
public enum Tier
{
    Suggest,
    Confirm,
}

/// <summary>How much a flag matters, apart from how sure it is; the genre gates it.</summary>
public enum Severity
{
    Info,
    Minor,
    Major,
}

/// <summary>One reason for a flag. Contributions are in logits and add up, with the bias, to the flag's raw score.</summary>
/// <param name="Kind">"lexicon", "rule", "feature", "context", "scorer" or "bias".</param>
public readonly record struct Evidence(string Kind, string Name, double Contribution);

/// <summary>One flag.</summary>
public sealed record Annotation
{
    /// <summary>Stable: from article id, label, normalised quote and its occurrence, not from offsets or model.</summary>
    public required string Id { get; init; }

    public required Label Label { get; init; }

    public required TextSpan Span { get; init; }

    /// <summary>Calibrated probability that the flag is right, 0..1.</summary>
    public required double Confidence { get; init; }

    public required Tier Tier { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Null where the words are the author's; otherwise the speaker's words that name them, or "unknown speaker".</summary>
    public string? Speaker { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>One plain sentence for a moderator.</summary>
    public required string Reason { get; init; }

    /// <summary>A neutral wording from the lexicon, where it has one.</summary>
    public string? Suggestion { get; init; }
}

/// <summary>Why a sentence was or was not flagged; all values 0..1.</summary>
/// <param name="Attributed">How much of the sentence is somebody else's words or view.</param>
/// <param name="Claim">Probability that it makes a check-worthy factual claim.</param>
/// <param name="Opinion">Probability that it gives the author's opinion.</param>
public readonly record struct SentenceScores(TextSpan Span, double LoadedLanguage, double UnsourcedClaim, double Editorializing, double Attributed, double Claim, double Opinion);

/// <summary>A stretch that was not assessed, and why: "language", "length", "zone" or "encoding".</summary>
public readonly record struct Skipped(TextSpan Span, string Reason, string Detail);

/// <summary>What was assessed and what was left out.</summary>
/// <param name="AssessedCharacters">UTF-16 code units of author's text that the detectors read.</param>
public sealed record Coverage(int Characters, int AssessedCharacters, string Profile, IReadOnlyList<Skipped> Skipped);
