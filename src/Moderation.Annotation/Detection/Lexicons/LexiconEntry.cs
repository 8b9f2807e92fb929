using Moderation.Annotation.Results;

namespace Moderation.Annotation.Detection.Lexicons;

/// <summary>A word or phrase that often carries a fault.</summary>
/// <param name="Term">As written in the word list; "*" stands for a gap of up to <see cref="Lexicon.MaxGap"/> words.</param>
/// <param name="Strength">1 (nearly always innocent) to <see cref="MaxStrength"/> (hardly ever): the sum of two independent ratings of up to 3.</param>
/// <param name="Neutral">A neutral wording, where there is one.</param>
/// <param name="LiteralContexts">Hashes of words in whose company the term is meant literally.</param>
public sealed record LexiconEntry(string Term, Label Label, int Strength, string? Neutral, ulong[] LiteralContexts)
{
    /// <summary>The greatest strength; the strength from which on an entry is charged more often than mild; and that of entries that are nearly always charged.</summary>
    public const int MaxStrength = 6, Charged = 3, Strong = 5;

    /// <summary>Number of strengths, counting 0 for no entry.</summary>
    internal const int Strengths = MaxStrength + 1;

    private string? _description;

    /// <summary>The entry as a reason for a flag.</summary>
    public string Description => _description ??= $"{Term} ({Label.Name()}, strength {Strength})";

    private readonly ulong _filter = FilterOf(LiteralContexts);

    /// <summary>Whether the word of that hash is one in whose company the term is meant literally.</summary>
    public bool IsLiteralBeside(ulong hash) => (_filter >> (int)(hash >> 58) & 1) != 0 && Array.IndexOf(LiteralContexts, hash) >= 0;

    private static ulong FilterOf(ulong[] hashes)
    {
        var bits = 0ul;
        foreach (var hash in hashes)
            bits |= 1ul << (int)(hash >> 58);
        return bits;
    }
}
