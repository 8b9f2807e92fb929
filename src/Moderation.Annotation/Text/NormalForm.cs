namespace Moderation.Annotation.Text;

/// <summary>
/// The form under which words are compared: lower case, one kind of apostrophe and hyphen, without the characters that nobody sees
/// (soft hyphens, zero-width spaces and joiners, byte order marks). Its hash is 64-bit FNV-1a over UTF-16 code units.
/// </summary>
public static class NormalForm
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = OffsetBasis;
        for (var i = 0; i < word.Length; i++)
        {
            var folded = Fold(word[i]);
            if (folded == MisdecodedLead && IsMisdecodedApostrophe(word, i))
            {
                folded = '\'';
                i += 2;
            }

            if (folded != '\0')
                hash = (hash ^ folded) * Prime;
        }

        return hash;
    }

    public static string Of(ReadOnlySpan<char> word)
    {
        var folded = new char[word.Length];
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var f = Fold(word[i]);
            if (f == MisdecodedLead && IsMisdecodedApostrophe(word, i))
            {
                f = '\'';
                i += 2;
            }

            if (f != '\0')
                folded[length++] = f;
        }

        return new string(folded, 0, length);
    }

    /// <summary>Combines hashes in order: of "a b" and "b a" two different values.</summary>
    public static ulong Combine(ulong first, ulong second) => Mix((first * 0x9E3779B97F4A7C15) ^ (second + 0x7F4A7C15));

    /// <summary>A bijective finaliser (that of SplitMix64): every input bit moves every output bit.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>Whether the character is one that nobody sees and that stands inside words all the same.</summary>
    public static bool IsInvisible(char c) => c is '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF' or '\uFE0E' or '\uFE0F';

    private const char MisdecodedLead = '\u00E2';

    /// <summary>"â€™": an apostrophe whose UTF-8 was read as Windows-1252.</summary>
    private static bool IsMisdecodedApostrophe(ReadOnlySpan<char> word, int index) => index + 2 < word.Length && word[index + 1] == '\u20AC' && word[index + 2] == '\u2122';

    private static char Fold(char c)
    {
        if (c < 128)
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        if (IsInvisible(c))
            return '\0';
        return c switch
        {
            '\u2019' or '\u2018' or '\u02BC' or '\u00B4' => '\'',
            '\u2010' or '\u2011' => '-',
            _ => char.ToLowerInvariant(c),
        };
    }
}
