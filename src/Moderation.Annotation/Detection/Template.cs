namespace Moderation.Annotation.Detection;

/// <summary>The kinds of sparse feature. A feature is a template, an offset from the token in question, and a value.</summary>
public enum Template : byte
{
    Word = 1,
    WordPair,
    WordSkipPair,
    Suffix,
    Prefix,
    Shape,
    Class,
    ClassPair,
    PartOfSpeech,
    PartOfSpeechPair,
    PartOfSpeechTriple,
    Lexicon,
    LexiconPartOfSpeech,
    LexiconLiteral,
    Voice,
    Place,
    Punctuation,
    SentenceStart,
    Length,
    Count,
    Extent,
    Always,
    Skeleton,
    SkeletonPair,
    SkeletonSkipPair,
}
