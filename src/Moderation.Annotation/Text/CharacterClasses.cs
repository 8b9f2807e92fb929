using System.Globalization;

namespace Moderation.Annotation.Text;

/// <summary>The classes of characters that tokens and sentences are cut by.</summary>
internal static class CharacterClasses
{
    /// <summary>
    /// The mark that a token is, also where UTF-8 was read as Windows-1252 and the mark is two or three characters ("â€œ" for an opening quote).
    /// </summary>
    public static char MarkOf(string text, in Token token) => token.Length is 2 or 3 && ReadMisdecoded(text, token.Start, out var mark) > 0 ? mark : text[token.Start];

    /// <summary>The length of a misdecoded mark at the index and the mark that was meant; 0 where there is none.</summary>
    public static int ReadMisdecoded(string text, int index, out char mark)
    {
        mark = '\0';
        if (text[index] != '\u00E2' || index + 1 >= text.Length || text[index + 1] != '\u20AC')
            return 0;
        mark = index + 2 >= text.Length ? '\0' : text[index + 2] switch
        {
            '\u0153' => '\u201C',
            '\u2122' => '\u2019',
            '\u02DC' => '\u2018',
            '\u201C' => '\u2013',
            '\u201D' => '\u2014',
            '\u00A6' => '\u2026',
            '\u009D' or '\uFFFD' => '\u201D',
            _ => '\0',
        };
        if (mark != '\0')
            return 3;

        // The closing quote's last byte has no character of its own and is often lost.
        mark = '\u201D';
        return 2;
    }

    public static bool IsDoubleQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' or '\u2033' or '\uFF02';

    public static bool IsSingleQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' or '`' or '\u00B4' or '\u2039' or '\u203A';

    public static bool IsQuote(char c) => IsDoubleQuote(c) || IsSingleQuote(c);

    public static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC' or '\u00B4' or '\u2018';

    public static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011';

    public static bool IsTerminator(char c) => c is '.' or '!' or '?' or '\u2026' or '\u203C' or '\u2049' or '\u3002' or '\uFF01' or '\uFF1F';

    public static bool IsClosing(char c) => c is ')' or ']' or '}' || IsQuote(c);

    public static bool IsOpening(char c) => c is '(' or '[' or '{' || IsQuote(c);

    public static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085' or '\v' or '\f';

    /// <summary>Letters, combining marks and the invisible characters that stand inside words. Surrogates count where they form a letter.</summary>
    public static bool IsWordPart(string text, int index)
    {
        var c = text[index];
        if (c < 128)
            return c is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
        if (char.IsLetter(c) || NormalForm.IsInvisible(c) && c is not ('\uFEFF' or '\u200B'))
            return true;
        if (char.IsSurrogate(c))
            return IsLetterPair(text, index);
        return char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
    }

    private static bool IsLetterPair(string text, int index)
    {
        var high = char.IsLowSurrogate(text[index]) ? index - 1 : index;
        return high >= 0 && high + 1 < text.Length && char.IsSurrogatePair(text[high], text[high + 1])
            && CharUnicodeInfo.GetUnicodeCategory(text, high) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter;
    }
}
