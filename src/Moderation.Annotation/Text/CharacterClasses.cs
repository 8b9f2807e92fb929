using System.Globalization;

namespace Moderation.Annotation.Text;

/// <summary>The classes of characters that tokens and sentences are cut by.</summary>
internal static class CharacterClasses
{
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
