using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>
/// Pairs quotation marks, paragraph by paragraph, whatever their kind and however damaged: curly, straight, low, guillemets, doubled
/// apostrophes, single marks that may be apostrophes, a closing mark glued to the next sentence, an opening or closing mark lost.
/// One pass over the tokens, and each mark is looked at a bounded number of times.
/// </summary>
internal sealed class QuotationFinder
{
    private readonly Document document;
    private readonly List<Quotation> found = [];
    private readonly List<Mark> marks = [];

    private readonly int[] sentenceOf;
    private readonly WordTags[] tags;

    private QuotationFinder(Document document, int[] sentenceOf, WordTags[] tags)
    {
        this.document = document;
        this.sentenceOf = sentenceOf;
        this.tags = tags;
    }

    private enum Family : byte
    {
        Curly,
        Straight,
        Guillemets,
        DoubledApostrophe,
        Single,
    }

    private readonly record struct Mark(int First, int End, Family Family, bool CanOpen, bool CanClose);

    public static List<Quotation> Find(Document document, int[] sentenceOf, WordTags[] tags)
    {
        var finder = new QuotationFinder(document, sentenceOf, tags);
        var continuing = (Family?)null;
        foreach (var paragraph in document.Paragraphs)
            continuing = finder.ReadParagraph(paragraph, continuing);
        return finder.found;
    }

    /// <summary>Returns the family of a quotation that the paragraph leaves open, so that the next may go on with it.</summary>
    private Family? ReadParagraph(in Paragraph paragraph, Family? continuing)
    {
        CollectMarks(paragraph);
        var covered = paragraph.FirstToken;
        for (var m = 0; m < marks.Count; m++)
        {
            var mark = marks[m];
            if (mark.First < covered)
                continue;
            if (mark.Family == Family.Single)
            {
                covered = Math.Max(covered, ReadSingle(m));
                continue;
            }

            if (Opens(m))
            {
                var close = FindClose(m);
                if (close < 0 && mark.End < paragraph.EndToken && NextDouble(m + 1) < 0 && OpensParagraphOrSpeech(mark, paragraph))
                {
                    // Never closed: the speech goes on to the paragraph's end, and perhaps into the next.
                    var end = BeforeSpeaker(paragraph, mark.End);
                    found.Add(new Quotation(mark.First, end, mark.End, end, NextOpensWith(paragraph, mark.Family), false));
                    return mark.Family;
                }

                covered = close < 0 ? CloseAtSentenceEnd(m) : Add(mark, marks[close]);
            }
            else if (mark.CanClose)
            {
                covered = OpenWhereLost(mark, covered, paragraph, continuing);
            }
        }

        return null;
    }

    /// <summary>"… a year, the mayor said.": the speech whose closing mark is lost ends at the comma before its speaker.</summary>
    private int BeforeSpeaker(in Paragraph paragraph, int from)
    {
        var cue = false;
        for (var i = paragraph.EndToken - 1; i > from && paragraph.EndToken - i < 12; i--)
        {
            cue |= (tags[i] & WordTags.Speech) != 0 && (tags[i] & WordTags.StrongCue) != 0;
            if (document.Tokens[i].Kind == TokenKind.Punctuation && document.Text[document.Tokens[i].Start] == ',')
                return cue ? i + 1 : paragraph.EndToken;
        }

        return paragraph.EndToken;
    }

    private void CollectMarks(in Paragraph paragraph)
    {
        marks.Clear();
        var tokens = document.Tokens;
        for (var i = paragraph.FirstToken; i < paragraph.EndToken; i++)
        {
            if (tokens[i].Kind != TokenKind.QuoteMark)
                continue;
            var c = document.MarkOf(tokens[i]);
            var end = i + 1;
            if (CharacterClasses.IsSingleQuote(c))
            {
                while (end < paragraph.EndToken && end - i < 3 && tokens[end].Start == tokens[end - 1].End
                    && tokens[end].Kind == TokenKind.QuoteMark && CharacterClasses.IsSingleQuote(document.MarkOf(tokens[end])))
                    end++;
            }

            marks.Add(Describe(i, end, c, paragraph));
            i = end - 1;
        }
    }

    private Mark Describe(int first, int end, char c, in Paragraph paragraph)
    {
        var tokens = document.Tokens;
        var spaceBefore = tokens[first].Is(TokenShape.SpaceBefore);
        var opensWord = end < paragraph.EndToken && !tokens[end].Is(TokenShape.SpaceBefore);
        var leans = first > paragraph.FirstToken && !spaceBefore;
        var afterOpening = leans && IsOpeningOrDash(document.MarkOf(tokens[first - 1]));
        var spacedBoth = spaceBefore && !opensWord;
        if (CharacterClasses.IsDoubleQuote(c))
        {
            return c switch
            {
                '\u201C' when leans && !opensWord && !afterOpening => new Mark(first, end, Family.Curly, false, true),
                '\u201C' or '\u201E' or '\u201F' => new Mark(first, end, Family.Curly, true, false),
                '\u201D' => new Mark(first, end, Family.Curly, opensWord && (spaceBefore || !leans || IsTerminator(first - 1)), true),
                '\u00AB' or '\u00BB' => new Mark(first, end, Family.Guillemets, opensWord || c == '\u00AB', leans || c == '\u00BB'),
                _ => new Mark(first, end, Family.Straight, opensWord && (spaceBefore || !leans || afterOpening || IsTerminator(first - 1)
                    || document.MarkOf(tokens[Math.Max(0, first - 1)]) == ')') || spacedBoth, leans && !(opensWord
                    && document.MarkOf(tokens[Math.Max(0, first - 1)]) == ')') || spacedBoth),
            };
        }

        if (end - first >= 2)
            return new Mark(first, end, Family.DoubledApostrophe, opensWord && (spaceBefore || !leans || afterOpening), leans);
        var canOpen = opensWord && (spaceBefore || !leans || afterOpening) && c is not ('\u2019' or '\u00B4') && !IsElision(end);
        return new Mark(first, end, Family.Single, canOpen, leans && !opensWord || leans && !tokens[end].IsWord && tokens[end].Kind != TokenKind.Number);
    }

    /// <summary>'em, 'til, '90s: an apostrophe for letters left out.</summary>
    private bool IsElision(int next)
    {
        ref readonly var token = ref document.Tokens[next];
        return token.Kind == TokenKind.Number || token.IsWord && (token.Is(TokenShape.HasDigit)
            || document.TextOf(token) is "em" or "til" or "tis" or "twas" or "cause" or "round" or "bout" or "n");
    }

    /// <summary>A mark that may do both opens where the next mark of its family can only close, as in ”We agreed,” he said.</summary>
    private bool Opens(int m)
    {
        if (!marks[m].CanOpen)
            return false;
        if (!marks[m].CanClose)
            return true;
        var next = NextOfFamily(m + 1, marks[m].Family);
        return next >= 0 && marks[next].CanClose;
    }

    private int FindClose(int m)
    {
        var family = marks[m].Family;
        var depth = 0;
        var others = 0;
        for (var k = m + 1; k < marks.Count; k++)
        {
            var mark = marks[k];
            if (mark.Family != family)
            {
                // Mixed marks, “so," he said: one that can only close, with none of its own kind open, closes this.
                if (family is Family.Curly or Family.Straight && mark.Family is Family.Curly or Family.Straight)
                {
                    if (mark.CanClose && !mark.CanOpen && others == 0)
                        return k;
                    others = Math.Max(0, others + (mark.CanOpen ? 1 : -1));
                }

                continue;
            }

            if (mark.CanClose && (!mark.CanOpen || depth == 0))
            {
                if (depth == 0)
                    return k;
                depth--;
            }
            else if (mark.CanOpen)
            {
                // A second opening: nested where the marks after it close both, else the first one's close was lost.
                if (family is Family.Straight or Family.DoubledApostrophe || !ClosesTwice(k + 1, family))
                    return -1;
                depth++;
            }
        }

        return -1;
    }

    private bool ClosesTwice(int from, Family family)
    {
        var first = NextOfFamily(from, family);
        if (first < 0 || !marks[first].CanClose)
            return false;
        var second = NextOfFamily(first + 1, family);
        return second >= 0 && marks[second].CanClose && !marks[second].CanOpen;
    }

    private int NextOfFamily(int from, Family family)
    {
        for (var k = from; k < marks.Count && k < from + MaxLookahead; k++)
        {
            if (marks[k].Family == family)
                return k;
        }

        return -1;
    }

    private int NextDouble(int from)
    {
        for (var k = from; k < marks.Count && k < from + MaxLookahead; k++)
        {
            if (marks[k].Family != Family.Single)
                return k;
        }

        return -1;
    }

    /// <summary>Marks that are looked at beyond one to decide what it is; more would let a hostile text cost more than its length.</summary>
    private const int MaxLookahead = 64;

    /// <summary>Sentences that a speech whose closing mark is lost may go on for, up to the next opening mark.</summary>
    private const int MaxSentencesUnclosed = 5;

    private int Add(in Mark open, in Mark close)
    {
        if (close.First > open.End)
            found.Add(new Quotation(open.First, close.End, open.End, close.First, true, open.Family == Family.Single));
        return close.End;
    }

    private int CloseAtSentenceEnd(int m)
    {
        var mark = marks[m];
        var end = document.Sentences[sentenceOf[mark.First]].EndToken;
        var next = NextOfFamily(m + 1, mark.Family);
        if (next >= 0)
        {
            // The next paragraph's opening mark, run on: "a big deal. "To be able": the speech goes on up to it.
            var limit = marks[next].First;
            var goesOn = (IsTerminator(limit - 1) || document.MarkOf(document.Tokens[limit - 1]) == ')') && sentenceOf[limit - 1] - sentenceOf[mark.First] < MaxSentencesUnclosed;
            end = goesOn ? limit : Math.Min(end, limit);
        }
        if (end - mark.End < 2)
            return mark.End;
        found.Add(new Quotation(mark.First, end, mark.End, end, false, false));
        return end;
    }

    /// <summary>A closing mark with nothing open: the words since the sentence began, or the paragraph where it goes on with a speech, are quoted.</summary>
    private int OpenWhereLost(in Mark close, int covered, in Paragraph paragraph, Family? continuing)
    {
        if (close.First == paragraph.FirstToken || close.Family == Family.Guillemets || !IsClosingPunctuation(close.First - 1) && continuing is null)
            return close.End;
        var start = continuing is not null
            && covered == paragraph.FirstToken ? paragraph.FirstToken : Math.Max(covered, document.Sentences[sentenceOf[close.First - 1]].FirstToken);
        if (close.First - start < 2)
            return close.End;
        found.Add(new Quotation(start, close.End, start, close.First, false, false));
        return close.End;
    }

    private int ReadSingle(int m)
    {
        var mark = marks[m];
        if (!mark.CanOpen)
            return mark.End;
        var fallback = -1;
        for (var k = m + 1; k < marks.Count && k < m + MaxLookahead; k++)
        {
            var next = marks[k];
            if (next.Family != Family.Single)
            {
                if (fallback < 0)
                    continue;
                break;
            }

            if (next.CanOpen)
                break;
            if (!next.CanClose)
                continue;

            // After a plural's s the mark may be an apostrophe: a better one later wins.
            if (!EndsInS(next.First - 1) || next.End >= document.Tokens.Length || document.Tokens[next.End].Kind == TokenKind.Punctuation)
                return Add(mark, next);
            if (fallback < 0)
                fallback = k;
        }

        return fallback < 0 ? mark.End : Add(mark, marks[fallback]);
    }

    private bool OpensParagraphOrSpeech(in Mark mark, in Paragraph paragraph)
    {
        if (mark.First == paragraph.FirstToken)
            return true;
        ref readonly var before = ref document.Tokens[mark.First - 1];
        return before.Kind == TokenKind.Punctuation && document.MarkOf(before) is ',' or ':' or '.';
    }

    private bool NextOpensWith(in Paragraph paragraph, Family family)
    {
        if (paragraph.EndToken >= document.Tokens.Length)
            return false;
        ref readonly var next = ref document.Tokens[paragraph.EndToken];
        if (next.Kind != TokenKind.QuoteMark)
            return false;
        var c = document.MarkOf(next);
        return family switch
        {
            Family.Curly => c is '\u201C' or '\u201D',
            Family.Straight => c == '"',
            Family.Guillemets => c is '\u00AB' or '\u00BB',
            _ => CharacterClasses.IsSingleQuote(c),
        };
    }

    private bool IsTerminator(int token) => CharacterClasses.IsTerminator(document.MarkOf(document.Tokens[token]));

    private bool IsClosingPunctuation(int token) => IsTerminator(token) || document.MarkOf(document.Tokens[token]) is ',' or ';' or ')' or ']' or '-' or '\u2014';

    private bool EndsInS(int token) => document.Tokens[token].IsWord && document.Text[document.Tokens[token].End - 1] is 's' or 'S';

    private static bool IsOpeningOrDash(char c) => c is '(' or '[' or '{' or '\u2014' or '\u2013' or '-' or '/' or ':' || CharacterClasses.IsDoubleQuote(c)
        || c is '\u2018' or '\'';
}
