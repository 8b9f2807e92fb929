using Moderation.Annotation.Results;

namespace Moderation.Annotation.Attribution;

/// <summary>What an attribution reports.</summary>
public enum AttributionMode : byte
{
    /// <summary>Words: said, according to, denied.</summary>
    Speech,

    /// <summary>A belief or a feeling: thinks, expects.</summary>
    Thought,

    /// <summary>A want or a stance towards something: plans to, opposes.</summary>
    Stance,
}

/// <summary>An attribution while it is being read, in tokens.</summary>
internal sealed class Relation(AttributionMode mode, TokenRange cue)
{
    public AttributionMode Mode { get; } = mode;

    public TokenRange Cue { get; } = cue;

    public TokenRange Source { get; set; } = TokenRange.None;

    public SourceKind Kind { get; set; } = SourceKind.None;

    public bool Denied { get; set; }

    public List<TokenRange> Content { get; } = new(1);

    public int LastContentToken => Content.Count == 0 ? Cue.End - 1 : Math.Max(Cue.End, Content[^1].End) - 1;
}
