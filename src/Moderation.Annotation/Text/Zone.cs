namespace Moderation.Annotation.Text;

/// <summary>What kind of text a stretch is; body text has no zone.</summary>
public enum ZoneKind
{
    Headline,
    Quote,
    PartialQuote,
    EmbeddedPost,
    Caption,
    Promo,
    Byline,
    Boilerplate,
    EditorComment,
    Metadata,
}

/// <summary>
/// A typed stretch of the text. For quotations, <paramref name="Speaker"/> and <paramref name="Cue"/> point at the words that name the
/// speaker and introduce the speech, where the text has them, and <paramref name="Balanced"/> says whether both quotation marks were found.
/// </summary>
public sealed record Zone(ZoneKind Kind, TextSpan Span, TextSpan? Speaker = null, TextSpan? Cue = null, bool Balanced = true);

/// <summary>What the message's own markup says of a stretch: a figcaption, a blockquote, a typed content element.</summary>
public readonly record struct StructureHint(ZoneKind Kind, TextSpan Span);
