namespace Moderation.Annotation.Text;

/// <summary>What a token is made of.</summary>
public enum TokenKind : byte
{
    Word,
    Number,
    QuoteMark,
    Punctuation,
    Symbol,
}

/// <summary>How a token is written, for features and for telling names from words.</summary>
[Flags]
public enum TokenShape : ushort
{
    None = 0,

    /// <summary>The first letter is a capital.</summary>
    Capitalised = 1,

    /// <summary>Two letters or more, all of them capitals.</summary>
    AllCapitals = 2,

    HasDigit = 4,

    HasHyphen = 8,

    /// <summary>White space, or the start of the text, stands before the token.</summary>
    SpaceBefore = 16,

    /// <summary>The first word of its sentence: its capital says nothing.</summary>
    SentenceInitial = 32,

    /// <summary>A clitic cut off a word: the 's of "Putin's".</summary>
    Clitic = 64,

    /// <summary>
    /// The word's spelling follows from its hash and its shape: no characters but plain letters, digits, hyphens and apostrophes, and capitals
    /// only at its start, or all of them.
    /// </summary>
    Regular = 128,
}

/// <summary>
/// One token: a word (apostrophes and hyphens inside it kept, a final 's cut off), a number, or a single mark.
/// <see cref="Hash"/> is of the normal form (<see cref="NormalForm"/>), so that words are compared and looked up without a string being made.
/// </summary>
public readonly record struct Token(int Start, int End, TokenKind Kind, TokenShape Shape, ulong Hash)
{
    public TextSpan Span => new(Start, End);

    public int Length => End - Start;

    public bool Is(TokenShape shape) => (Shape & shape) != 0;

    public bool IsWord => Kind == TokenKind.Word;
}
