using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Messages;

namespace Moderation.Contracts.Markup;

/// <summary>
/// The text that markup yields, as it grows: white space collapses as a browser would show it, blocks stand on lines of their own, and
/// the stretches whose kind the markup states become <see cref="StructureHint"/>s. This text is what offsets refer to.
/// </summary>
internal sealed class MarkedUpText(InputLimits limits)
{
    /// <summary>The most blanks that are kept at the start of a line, in UTF-16 code units: more is layout.</summary>
    private const int MaxHeldBlank = 64;

    private readonly StringBuilder _text = new();
    private readonly List<Stretch> _open = [];
    private readonly List<(StructureHint Hint, bool Certain)> _hints = [];
    private int _pendingLines;
    private char _pendingSpace;

    /// <summary>No-break spaces and the like that start a line: text only if more follows on it, for an empty paragraph is no paragraph.</summary>
    private string _heldBlank = "";

    /// <summary>An open stretch; Start is -1 until its first visible character.</summary>
    private record struct Stretch(ZoneKind? Zone, bool Certain, int Start);

    /// <summary>What stopped the text from being taken in; further text is then dropped.</summary>
    public InvalidMessage? Invalid { get; private set; }

    public int MaxNesting => limits.MaxHtmlNesting;

    public void Refuse(InvalidMessage invalid) => Invalid ??= invalid;

    /// <summary>Opens a block of that zone, or of none. Every call needs its <see cref="Close"/>.</summary>
    public void Open(ZoneKind? zone)
    {
        BreakParagraph();
        OpenInline(zone, certain: true);
    }

    /// <summary>Closes the block that was opened last.</summary>
    public void Close()
    {
        CloseInline();
        BreakParagraph();
    }

    /// <param name="zone">The kind, null for none.</param>
    /// <param name="certain">False where the kind is guessed from a class name.</param>
    public void OpenInline(ZoneKind? zone, bool certain) => _open.Add(new(zone, certain, -1));

    public void CloseInline()
    {
        var stretch = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        if (stretch is not { Zone: { } zone, Start: >= 0 } || _text.Length <= stretch.Start)
            return;
        // A caption in a caption box is one caption.
        if (!_open.Exists(outer => outer.Zone == zone && (outer.Certain || !stretch.Certain)))
            _hints.Add((new(zone, new TextSpan(stretch.Start, _text.Length)), stretch.Certain));
    }

    public void BreakLine() => Break(Math.Max(_pendingLines, 1));

    public void BreakParagraph() => Break(2);

    /// <summary>A line break that the markup asks for: two of them make a paragraph.</summary>
    public void AddLineBreak() => Break(Math.Min(2, _pendingLines + 1));

    /// <summary>Keeps what comes next apart from what came before, on the same line.</summary>
    public void Separate() => _pendingSpace = '\t';

    /// <summary>Appends text as HTML flows it: runs of ASCII white space become one space. No-break spaces stay as they are.</summary>
    public void AppendFlowing(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && Invalid is null)
        {
            var word = text.IndexOfAny(" \t\n\r\f");
            if (word != 0)
            {
                AppendVisible(word < 0 ? text : text[..word]);
                if (word < 0)
                    return;
            }

            if (_pendingSpace == default)
                _pendingSpace = ' ';
            text = text[word..].TrimStart(" \t\n\r\f");
        }
    }

    /// <summary>Appends preformatted text: its line breaks and spaces are kept.</summary>
    public void AppendPreformatted(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && Invalid is null)
        {
            var line = text.IndexOf('\n');
            var content = line < 0 ? text : text[..line];
            if (!content.IsEmpty)
                AppendVisible(content);
            if (line < 0)
                return;
            AddLineBreak();
            text = text[(line + 1)..];
        }
    }

    /// <summary>The text and its hints, by position. Nothing can be appended after it.</summary>
    public (string Text, IReadOnlyList<StructureHint> Hints) Finish()
    {
        while (_open.Count > 0)
            CloseInline();
        // A class name that would make most of the article furniture was misread: a theme's "has-newsletter", not a newsletter box.
        _hints.RemoveAll(hint => !hint.Certain && hint.Hint.Span.Length * 2 > _text.Length);
        var hints = _hints.ConvertAll(static hint => hint.Hint);
        hints.Sort(static (left, right) => left.Span.CompareTo(right.Span));
        return (_text.ToString(), hints);
    }

    public static InvalidMessage TooLong(InputLimits limits) => new(
        InvalidMessageCodes.TextTooLong,
        $"The article's text is over the limit of {limits.MaxTextLength:N0} characters: split it, or raise MaxTextLength.");

    private void Break(int lines) => (_pendingLines, _heldBlank) = (lines, "");

    private void AppendVisible(ReadOnlySpan<char> text)
    {
        if ((_text.Length == 0 || _pendingLines > 0) && text.TrimStart("\u00A0\u200B\u2060\uFEFF").IsEmpty)
        {
            _heldBlank += text.Length + _heldBlank.Length < MaxHeldBlank ? text.ToString() : "";
            return;
        }

        if (_text.Length > 0)
        {
            if (_pendingLines > 0)
                _text.Append('\n', _pendingLines);
            else if (_pendingSpace != default)
                _text.Append(_pendingSpace);
        }

        (_pendingLines, _pendingSpace) = (0, default);
        for (var i = _open.Count - 1; i >= 0 && _open[i].Start < 0; i--)
            _open[i] = _open[i] with { Start = _text.Length };

        _text.Append(_heldBlank).Append(text);
        _heldBlank = "";
        if (_text.Length > limits.MaxTextLength)
            Invalid = TooLong(limits);
    }
}
