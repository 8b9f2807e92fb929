using System.Text;

namespace Moderation.Annotation.Tests.Text;

/// <summary>
/// Makes texts such as no editor would let through, the same one for the same seed: real words mixed with everything that damages them. A test
/// that fails names the seed, so that it can be run again alone.
/// </summary>
internal sealed class TextGenerator(int seed)
{
    private static readonly string[] Words =
    [
        "the", "The", "mayor", "said", "Mr", "U.S.", "a.m.", "council", "slammed", "shocking", "reporters", "3.5", "1,200", "2026-03-01", "10:45", "co-operate", "don't", "Putin's", "O’Brien",
        "so-called", "e.g.", "J.", "K.", "Smith", "naïve", "Zürich", "Łódź", "мир", "東京", "نص", "e\u0301te\u0301", "dis\u00ADinformation", "zero\u200Bwidth", "joined\u200Dup", "\U0001D4D1old", "\U0001F600", "👩‍👩‍👧", "🇩🇰",
        "https://example.org/a?b=c", "@handle", "#tag", "$5m", "50%", "PRESS", "RUSSIAThe", "don\u00E2\u20AC\u2122t", "\u00E2\u20AC\u0153quote\u00E2\u20AC", "caf\u00C3\u00A9", "\u00C2\u00A0", "(sic)", "[sic]", "–", "—", "...", "…",
    ];

    private static readonly string[] Separators =
    [
        " ", " ", " ", " ", " ", " ", "  ", "\u00A0", "\u2009", "\u3000", "\t", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", "\u200B", "\uFEFF", "", ". ", ".", "? ", "! ", ", ", "; ", ": ", ".\n",
    ];

    private static readonly string[] Marks =
    [
        "\"", "“", "”", "‘", "’", "'", "«", "»", "„", "`", "(", ")", "[", "]", "{", "}", "\u0301", "\u0301\u0302\u0303", "\uD83D", "\uDE00", "\uFFFD", "\0", "\u0007", "\u202E", "\u200F", "*", "***", "_", "•", "<b>", "&amp;", "\\",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One text, of nothing up to some hundred pieces.</summary>
    public string Next()
    {
        var text = new StringBuilder();
        for (var pieces = _random.Next(0, 120); pieces > 0; pieces--)
        {
            text.Append(_random.Next(10) switch
            {
                < 7 => Words[_random.Next(Words.Length)],
                < 9 => Marks[_random.Next(Marks.Length)],
                _ => char.ToString((char)_random.Next(0x10000)),
            });
            text.Append(Separators[_random.Next(Separators.Length)]);
        }

        return text.ToString();
    }

    /// <summary>Texts of consecutive seeds, each with its seed.</summary>
    public static IEnumerable<(int Seed, string Text)> Texts(int count) => Enumerable.Range(1, count).Select(seed => (seed, new TextGenerator(seed).Next()));
}
