using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;
using Moderation.Annotation.Text;
using Moderation.Contracts.Messages;

namespace Moderation.Contracts.Markup;

/// <summary>
/// Reads HTML, whole pages or fragments, into text. AngleSharp's tokenizer does the lexing (entities, broken tags, scripts); no tree is
/// built, so the cost is one pass whatever the nesting, and an unclosed tag cannot swallow more than its block.
/// </summary>
internal static class HtmlReader
{
    /// <param name="html">The markup.</param>
    /// <param name="xhtml">Whether <c>&lt;script/&gt;</c> closes itself.</param>
    /// <param name="text">Where the text goes. HTML that nests too deep is refused there.</param>
    public static void Append(string html, bool xhtml, MarkedUpText text)
    {
        var tokenizer = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.ResolverExtended)
        {
            SkipComments = true,
            SkipProcessingInstructions = true,
            ShouldEmitAttribute = static (ref StructHtmlToken _, ReadOnlyMemory<char> name) => HtmlVocabulary.IsReadAttribute(name.Span),
        };
        var elements = new OpenElements(text);

        while (text.Invalid is null)
        {
            ref var token = ref tokenizer.GetStructToken();
            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    var name = HtmlVocabulary.Intern(token.Name.Memory.Span);
                    var closesItself = token.IsSelfClosing && (xhtml || !HtmlVocabulary.IsRawText(name));
                    elements.Start(name, ref token, closesItself);
                    if (!closesItself)
                        tokenizer.State = HtmlVocabulary.ContentMode(name);
                    break;
                case HtmlTokenType.EndTag:
                    elements.End(HtmlVocabulary.Intern(token.Name.Memory.Span));
                    break;
                case HtmlTokenType.Character:
                    elements.Characters(token.Data.Memory.Span);
                    break;
                case HtmlTokenType.EndOfFile:
                    elements.EndAll();
                    return;
            }
        }

        elements.EndAll();
    }

    /// <summary>Whether a string that may be either is markup: it starts with a tag or holds the end of a paragraph.</summary>
    public static bool LooksLikeMarkup(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.Length > 2 && start[0] == '<' && (char.IsAsciiLetter(start[1]) || start[1] is '!' or '?') && start.Contains('>'))
            return true;
        return text.Contains("</p>", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The elements that are open and matter to the text. Plain formatting (b, i, span, a) passes through unrecorded.</summary>
    private sealed class OpenElements(MarkedUpText text)
    {
        private readonly List<Element> _open = [];
        private int _dropped;
        private int _preformatted;

        private readonly record struct Element(string Name, bool IsBlock, bool IsDropped, bool IsPreformatted);

        public void Start(string name, ref StructHtmlToken token, bool closesItself)
        {
            CloseImplied(name);
            if (name == "br")
            {
                text.AddLineBreak();
                return;
            }

            if (HtmlVocabulary.IsVoid(name))
            {
                if (name == "hr")
                    text.BreakParagraph();
                return;
            }

            if (name is "td" or "th")
                text.Separate();

            var isBlock = HtmlVocabulary.IsBlock(name);
            var isDropped = HtmlVocabulary.IsDropped(name) || HtmlVocabulary.IsHidden(ref token);
            var zone = HtmlVocabulary.ZoneOf(name, ref token, IsInside("blockquote"), out var certain);
            if (isBlock)
                Break(name);
            if (closesItself || (!isBlock && !isDropped && zone is null && name != "q"))
                return;
            if (_open.Count >= text.MaxNesting)
            {
                text.Refuse(new(
                    InvalidMessageCodes.HtmlTooDeep,
                    $"The HTML nests deeper than {text.MaxNesting} elements: flatten it, or raise MaxHtmlNesting."));
                return;
            }

            var isPreformatted = name is "pre" or "listing" or "plaintext";
            _open.Add(new(name, isBlock, isDropped, isPreformatted));
            _dropped += isDropped ? 1 : 0;
            _preformatted += isPreformatted ? 1 : 0;
            text.OpenInline(zone, certain);
            if (name == "q" && _dropped == 0)
                text.AppendFlowing("\u201C");
        }

        public void End(string name)
        {
            if (name is "p" or "br" && !IsInside(name))
            {
                text.AddLineBreak();
                return;
            }

            var at = _open.FindLastIndex(element => element.Name == name);
            if (at < 0)
                return;
            // An inline end tag does not reach out of the block that it stands in.
            if (!_open[at].IsBlock && _open.FindLastIndex(static element => element.IsBlock) > at)
                return;
            CloseDownTo(at);
        }

        public void EndAll() => CloseDownTo(0);

        public void Characters(ReadOnlySpan<char> data)
        {
            if (_dropped > 0)
                return;
            if (_preformatted > 0)
                text.AppendPreformatted(data);
            else
                text.AppendFlowing(data);
        }

        private bool IsInside(string name) => _open.Exists(element => element.Name == name);

        private void CloseDownTo(int index)
        {
            for (var i = _open.Count - 1; i >= index; i--)
            {
                var element = _open[i];
                _open.RemoveAt(i);
                if (element.Name == "q" && _dropped == 0)
                    text.AppendFlowing("\u201D");
                _dropped -= element.IsDropped ? 1 : 0;
                _preformatted -= element.IsPreformatted ? 1 : 0;
                text.CloseInline();
                if (element.IsBlock)
                    Break(element.Name);
            }
        }

        private void Break(string name)
        {
            if (HtmlVocabulary.IsLine(name))
                text.BreakLine();
            else
                text.BreakParagraph();
        }

        /// <summary>Closes what HTML lets authors leave open: a paragraph before the next block, an item before the next item.</summary>
        private void CloseImplied(string name)
        {
            if (HtmlVocabulary.EndsHead(name))
                CloseLast("head", "");
            if (HtmlVocabulary.EndsParagraph(name))
            {
                CloseLast("svg", "");
                CloseLast("math", "");
                CloseLast("p", "button");
            }

            switch (name)
            {
                case "li":
                    CloseLast("li", "ul", "ol", "menu");
                    break;
                case "dt" or "dd":
                    CloseLast("dt", "dl");
                    CloseLast("dd", "dl");
                    break;
                case "tr":
                    CloseLast("tr", "table");
                    break;
                case "td" or "th":
                    CloseLast("td", "table", "tr");
                    CloseLast("th", "table", "tr");
                    break;
            }
        }

        /// <summary>Closes the innermost element of that name, unless a boundary stands between.</summary>
        private void CloseLast(string name, params ReadOnlySpan<string> boundaries)
        {
            for (var i = _open.Count - 1; i >= 0; i--)
            {
                if (_open[i].Name == name)
                {
                    CloseDownTo(i);
                    return;
                }

                if (boundaries.Contains(_open[i].Name))
                    return;
            }
        }
    }
}
