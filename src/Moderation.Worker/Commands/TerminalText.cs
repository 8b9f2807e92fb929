using System.Globalization;
using System.Text;

namespace Moderation.Worker.Commands;

/// <summary>
/// Lays styled text out in a terminal's columns. Text that came with an article is made harmless first: no control character reaches
/// the terminal, so an article cannot move the cursor, set the title or hide words.
/// </summary>
internal static class TerminalText
{
    /// <param name="Text">The text; white space in it may become a line's end.</param>
    /// <param name="Style">The escape sequence that styles it; "" for none.</param>
    public readonly record struct Run(string Text, string Style);

    /// <summary>A stretch without white space, or one space.</summary>
    private readonly record struct Piece(string Text, string Style, int Columns, bool IsSpace);

    /// <summary>Writes runs as lines of at most the style's width, each behind <paramref name="indent"/> columns.</summary>
    public static void Wrap(StringBuilder page, IReadOnlyList<Run> runs, int indent, TerminalStyle style, bool startsIndented = false)
    {
        var width = Math.Max(8, style.Width - indent);
        if (!startsIndented)
            page.Append(' ', indent);
        var column = 0;
        var word = new List<Piece>();
        Piece? space = null;
        foreach (var piece in runs.SelectMany(Pieces))
        {
            if (!piece.IsSpace)
            {
                word.Add(piece);
                continue;
            }

            WriteWord();
            space ??= piece;
        }

        WriteWord();
        page.Append('\n');

        void WriteWord()
        {
            if (word.Count == 0)
                return;
            var columns = word.Sum(static piece => piece.Columns);
            if (column > 0 && space is { } gap)
            {
                if (column + 1 + columns > width)
                {
                    page.Append('\n').Append(' ', indent);
                    column = 0;
                }
                else
                {
                    WriteStyled(page, " ", gap.Style);
                    column++;
                }
            }

            foreach (var piece in word)
                WriteStyled(page, piece.Text, piece.Style);
            column += columns;
            word.Clear();
            space = null;
        }
    }

    /// <summary>How many columns a terminal gives the text: none for combining marks, two for wide scripts and emoji.</summary>
    public static int Columns(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
            columns += Columns(rune);
        return columns;
    }

    /// <summary>The text with a visible stand-in for everything that a terminal would obey rather than show.</summary>
    public static string Harmless(string text)
    {
        if (!text.Any(IsHarmful))
            return text;
        return string.Create(text.Length, text, static (buffer, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                buffer[i] = !IsHarmful(source[i]) ? source[i] : source[i] < ' ' ? (char)(0x2400 + source[i]) : '\uFFFD';
        });
    }

    private static IEnumerable<Piece> Pieces(Run run)
    {
        var text = Harmless(run.Text);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var isSpace = i < text.Length && text[i] is ' ' or '\t' or '\n' or '\r';
            if (i < text.Length && !isSpace)
                continue;
            if (i > start)
            {
                var word = text[start..i];
                yield return new(word, run.Style, Columns(word), IsSpace: false);
            }

            if (isSpace)
                yield return new(" ", run.Style, 1, IsSpace: true);
            start = i + 1;
        }
    }

    private static void WriteStyled(StringBuilder page, string text, string escape)
    {
        page.Append(escape).Append(text);
        if (escape.Length > 0)
            page.Append(TerminalStyle.Reset);
    }

    // Controls, and the marks that reverse or hide text: a terminal that honours them shows other words than were flagged.
    private static bool IsHarmful(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\r' or '\t'))
        || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static int Columns(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1,
    };
}
