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

    /// <summary>A turn of a transcript, or what follows a colon: its words are the speaker's own.</summary>
    public bool IsTurn { get; set; }

    /// <summary>The words that name the source where it is a pronoun, else the source itself.</summary>
    public TokenRange Antecedent { get; set; } = TokenRange.None;

    /// <summary>The content is a clause of the source's; a mere object ("criticised the law") is in the writer's words.</summary>
    public bool IsClause { get; set; } = true;

    /// <summary>The token from which on the content is in the source's words; what stands before names the thing in the writer's.</summary>
    public int ReportedFrom { get; set; }

    public List<TokenRange> Content { get; } = new(1);

    /// <summary>The position among the results.</summary>
    public int Index { get; set; }

    public int LastContentToken => Content.Count == 0 ? Cue.End - 1 : Math.Max(Cue.End, Content[^1].End) - 1;
}
