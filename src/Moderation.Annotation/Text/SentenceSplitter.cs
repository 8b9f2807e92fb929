using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Moderation.Annotation.Text;

/// <summary>
/// Groups tokens into sentences and paragraphs. A sentence ends at a terminator with its closing marks, where what follows can begin one; at a
/// line break; where a lost space has glued the next sentence on ("reporters.The"); and at the latest after <see cref="MaxSentenceTokens"/>.
/// </summary>
internal static class SentenceSplitter
{
    /// <summary>Longest sentence, in tokens; a longer one is cut there, so that the cost stays linear.</summary>
    public const int MaxSentenceTokens = 300;

    /// <summary>Longest handle, in tokens: underscores cut it.</summary>
    private const int MaxHandleTokens = 8;

    /// <summary>Room for sentences and for paragraphs that a thread keeps between articles.</summary>
    private const int KeptSentences = 1024;

    [ThreadStatic]
    private static List<Sentence>? t_sentences;

    [ThreadStatic]
    private static List<Paragraph>? t_paragraphs;

    private static readonly FrozenSet<ulong> Abbreviations = Hashes(
        "mr mrs ms dr prof gov sen rep gen lt col sgt capt cmdr maj adm hon rev fr st sr jr ste mt no nos vs v etc inc ltd corp co bros dept univ assn "
        + "jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu thurs fri sat sun a.m p.m e.g i.e cf al approx est fig vol ed eds pp op "
        + "messrs mme mlle pres supt insp det sec treas atty ave blvd rd");

    /// <summary>Abbreviations that also end sentences: a capitalised word after them is a new sentence only if it commonly opens one.</summary>
    private static readonly FrozenSet<ulong> Openers = Hashes(
        "the a an in on at it he she they we i but and this that these those when while if as for after before however meanwhile his her its their our "
        + "there what who why how some many most no not one two since with by from to under last yet so or you");

    private static readonly FrozenSet<ulong> SpeechVerbs = Hashes("said says asked asks replied wrote added wondered shouted exclaimed yelled tweeted quipped joked demanded cried");

    private static readonly FrozenSet<ulong> Months = Hashes("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec");

    private static readonly FrozenSet<ulong> LinkOpeners = Hashes("http https www pic");

    /// <summary>What can follow a verb of saying that has its content before it.</summary>
    private static readonly FrozenSet<ulong> AfterSpeechVerb = Hashes("in on at as when while during after before of to with reporters about from by monday tuesday wednesday thursday friday saturday sunday");

    private static readonly FrozenSet<ulong> WeakAbbreviations = Hashes("inc ltd corp co bros a.m p.m etc jr sr no st v ed al ave rd blvd est op mar sun sat may");

    public static (Sentence[] Sentences, Paragraph[] Paragraphs) Split(string text, List<Token> tokenList)
    {
        var tokens = CollectionsMarshal.AsSpan(tokenList);
        // Only the exact arrays are kept; the lists that grow are the thread's own.
        var sentences = t_sentences ??= [];
        var paragraphs = t_paragraphs ??= [];
        sentences.Clear();
        paragraphs.Clear();
        int sentenceStart = 0, paragraphStart = 0, paragraphSentence = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var last = i + 1 == tokens.Length;
            var paragraphEnds = last || BreaksParagraph(text, tokens[i], tokens[i + 1]);
            if (!paragraphEnds && !EndsSentence(text, tokens, i, sentenceStart) && i - sentenceStart + 1 < MaxSentenceTokens)
                continue;

            sentences.Add(new Sentence(new TextSpan(tokens[sentenceStart].Start, tokens[i].End), paragraphs.Count, sentenceStart, i + 1 - sentenceStart));
            sentenceStart = i + 1;
            if (!paragraphEnds)
                continue;

            paragraphs.Add(new Paragraph(
                new TextSpan(tokens[paragraphStart].Start, tokens[i].End), paragraphSentence, sentences.Count - paragraphSentence, paragraphStart, i + 1 - paragraphStart));
            paragraphStart = i + 1;
            paragraphSentence = sentences.Count;
        }

        MarkInitials(tokens, sentences);
        if (sentences.Capacity > KeptSentences)
            t_sentences = null;
        if (paragraphs.Capacity > KeptSentences)
            t_paragraphs = null;
        return ([.. sentences], [.. paragraphs]);
    }

    /// <summary>A line break ends a paragraph unless the line is hard-wrapped: no terminator before a single break, a small letter after it.</summary>
    private static bool BreaksParagraph(string text, in Token token, in Token next)
    {
        var breaks = 0;
        for (var p = token.End; p < next.Start; p++)
        {
            if (CharacterClasses.IsLineBreak(text[p]) && !(text[p] == '\r' && p + 1 < next.Start && text[p + 1] == '\n'))
                breaks++;
        }

        if (breaks == 0)
            return false;
        var wrapped = breaks == 1 && char.IsLower(text[next.Start]) && !CharacterClasses.IsTerminator(text[token.End - 1]);
        return !wrapped;
    }

    private static bool EndsSentence(string text, ReadOnlySpan<Token> tokens, int index, int sentenceStart)
    {
        if (GluesSentences(text, tokens, index) || EndsPost(text, tokens, index))
            return true;

        // The mark that may end the sentence is this token, or stands before closing marks that belong to the sentence that ends.
        var end = index;
        while (end > sentenceStart && IsClosingMark(text, tokens, end))
            end--;
        ref readonly var mark = ref tokens[end];
        if (!EndsLikeSentence(text, tokens, end))
            return IsWideGap(text, tokens, index);

        ref readonly var next = ref tokens[index + 1];
        var spaced = next.Is(TokenShape.SpaceBefore);
        if (!spaced && IsClosingMark(text, tokens, index + 1) && !OpensGluedSentence(text, tokens, index + 1))
            return false;
        if (!spaced)
            return IsGlued(text, tokens, end, index);
        if (!CanOpenSentence(text, tokens, index + 1) || end < index && NamesSpeaker(text, tokens, index + 1))
            return false;
        return mark.Kind == TokenKind.Word || text[mark.Start] != '.' || mark.Length > 1 || !IsAbbreviation(text, tokens, end, index + 1);
    }

    /// <summary>"via AP)The ministry", "OPENS ON MONDAYThe ministry": a credit or a line in capitals that has run into the next sentence.</summary>
    private static bool GluesSentences(string text, ReadOnlySpan<Token> tokens, int index)
    {
        ref readonly var token = ref tokens[index];
        ref readonly var next = ref tokens[index + 1];
        if (next.Is(TokenShape.SpaceBefore | TokenShape.Clitic))
            return false;
        if (next.Kind == TokenKind.QuoteMark)
            return (text[token.Start] == ')' || index > 0 && token.Is(TokenShape.AllCapitals) && tokens[index - 1].Is(TokenShape.AllCapitals)) && index + 2 < tokens.Length && !tokens[index + 2].Is(TokenShape.SpaceBefore) && tokens[index + 2].Is(TokenShape.Capitalised);
        if (next.Kind != TokenKind.Word || !next.Is(TokenShape.Capitalised))
            return false;
        return token.Kind == TokenKind.Word ? token.Is(TokenShape.AllCapitals) : text[token.Start] == ')' && next.Length > 1 && char.IsLower(text[next.Start + 1]);
    }

    /// <summary>"(@handle)" signs an embedded post, unless a date follows it.</summary>
    private static bool EndsPost(string text, ReadOnlySpan<Token> tokens, int index)
    {
        if (text[tokens[index].Start] != ')' || Months.Contains(tokens[index + 1].Hash) || !tokens[index + 1].Is(TokenShape.Capitalised) && tokens[index + 1].Kind != TokenKind.QuoteMark)
            return false;
        for (var i = index - 2; i > 0 && index - i < MaxHandleTokens; i--)
        {
            if (text[tokens[i].Start] == '@')
                return text[tokens[i - 1].Start] == '(';
            if (tokens[i].Is(TokenShape.SpaceBefore))
                return false;
        }

        return false;
    }

    /// <summary>A headline or promo line run into the text: two white spaces or more and a capital, after a word of any kind.</summary>
    private static bool IsWideGap(string text, ReadOnlySpan<Token> tokens, int index)
    {
        ref readonly var next = ref tokens[index + 1];
        if (next.Start - tokens[index].End < 2 || !(next.Is(TokenShape.Capitalised) || next.Kind == TokenKind.QuoteMark))
            return false;
        for (var p = tokens[index].End; p < next.Start; p++)
        {
            if (!char.IsWhiteSpace(text[p]))
                return false;
        }

        return tokens[index].Kind is TokenKind.Word or TokenKind.Number or TokenKind.QuoteMark;
    }

    private static bool EndsLikeSentence(string text, ReadOnlySpan<Token> tokens, int index)
    {
        ref readonly var token = ref tokens[index];
        if (token.Kind is TokenKind.Punctuation or TokenKind.Symbol)
            return CharacterClasses.IsTerminator(CharacterClasses.MarkOf(text, token));
        if (token.Kind != TokenKind.Word || text[token.End - 1] != '.')
            return false;

        // "U.S." with its own full stop ends a sentence only before a word that commonly opens one.
        return index + 1 < tokens.Length && tokens[index + 1].Is(TokenShape.Capitalised) && Openers.Contains(tokens[index + 1].Hash)
            || index + 2 < tokens.Length && tokens[index + 1].Kind == TokenKind.QuoteMark && Openers.Contains(tokens[index + 2].Hash);
    }

    /// <summary>A closing mark leans on what stands before it: no space before, and not the opening mark of what follows.</summary>
    private static bool IsClosingMark(string text, ReadOnlySpan<Token> tokens, int index)
    {
        ref readonly var token = ref tokens[index];
        if (token.Is(TokenShape.SpaceBefore) || !(token.Kind is TokenKind.QuoteMark or TokenKind.Punctuation) || !CharacterClasses.IsClosing(CharacterClasses.MarkOf(text, token)))
            return false;
        return CharacterClasses.MarkOf(text, token) is not ('\u201C' or '\u2018' or '\u00AB' or '\u201E');
    }

    /// <summary>A mark after a terminator with a letter glued on: it closes (”It) unless a straight mark has white space before it.</summary>
    private static bool OpensGluedSentence(string text, ReadOnlySpan<Token> tokens, int index) => CharacterClasses.MarkOf(text, tokens[index]) is '\u201C' or '\u2018' or '\u00AB';

    /// <summary>"reporters.The", "wants.”It", "deal.(AP)": a terminator after a small letter or closing mark, a capital and a small letter after.</summary>
    private static bool IsGlued(string text, ReadOnlySpan<Token> tokens, int mark, int index)
    {
        ref readonly var next = ref tokens[index + 1];
        if (mark == 0 || tokens[mark].Kind == TokenKind.Word)
            return false;
        ref readonly var before = ref tokens[mark - 1];
        var afterWord = before.Kind == TokenKind.Word && (before.Length > 2 || index > mark) && !Abbreviations.Contains(before.Hash);
        var afterOther = before.Kind is TokenKind.Number or TokenKind.QuoteMark || IsClosingMark(text, tokens, mark - 1);
        if (!afterWord && !afterOther)
            return false;
        if (next.Kind == TokenKind.QuoteMark || text[next.Start] == '(')
            return index + 2 < tokens.Length && tokens[index + 2].Is(TokenShape.Capitalised);
        return next.Kind == TokenKind.Word && next.Is(TokenShape.Capitalised)
            && (next.Length == 1 || next.Is(TokenShape.AllCapitals) || char.IsLower(text[next.Start + 1]) || text[next.Start + 1] is '\'' or '\u2019');
    }

    /// <summary>A name and a verb of saying after a closing mark belong to what was said: "Is it over?" Smith asked.</summary>
    private static bool NamesSpeaker(string text, ReadOnlySpan<Token> tokens, int index)
    {
        var limit = Math.Min(tokens.Length, index + 4);
        for (var i = index; i < limit; i++)
        {
            if (i > index && SpeechVerbs.Contains(tokens[i].Hash) && char.IsLower(text[tokens[i].Start]))
                return i + 1 >= tokens.Length || text[tokens[i + 1].Start] is '.' or '!' || AfterSpeechVerb.Contains(tokens[i + 1].Hash)
                    || tokens[i + 1].IsWord && text.AsSpan(tokens[i + 1].Start, tokens[i + 1].Length).EndsWith("ing", StringComparison.Ordinal);
            if (!tokens[i].Is(TokenShape.Capitalised))
                return false;
        }

        return false;
    }

    private static bool CanOpenSentence(string text, ReadOnlySpan<Token> tokens, int index)
    {
        while (index < tokens.Length && (tokens[index].Kind == TokenKind.QuoteMark || CharacterClasses.IsOpening(text[tokens[index].Start])))
            index++;
        if (index >= tokens.Length)
            return true;
        var c = text[tokens[index].Start];
        return !char.IsLower(c) && c is not (',' or ';' or ':' or ')' or '%') || LinkOpeners.Contains(tokens[index].Hash);
    }

    private static bool IsAbbreviation(string text, ReadOnlySpan<Token> tokens, int mark, int next)
    {
        if (mark == 0 || tokens[mark].Is(TokenShape.SpaceBefore))
            return false;
        ref readonly var before = ref tokens[mark - 1];
        if (before.Kind != TokenKind.Word)
            return false;
        var opener = Openers.Contains(tokens[next].Hash) && tokens[next].Is(TokenShape.Capitalised);
        if (before.Length == 1 && char.IsUpper(text[before.Start]))
            return text[before.Start] != 'I' && !opener;
        if (!Abbreviations.Contains(before.Hash))
            return false;
        if (!WeakAbbreviations.Contains(before.Hash))
            return true;
        if (text.AsSpan(before.Start, before.Length) is "no" or "sat" or "sun" or "mar" or "may")
            return false;
        return !opener;
    }

    private static void MarkInitials(Span<Token> tokens, List<Sentence> sentences)
    {
        foreach (var sentence in sentences)
        {
            for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            {
                if (tokens[i].Kind is TokenKind.Word or TokenKind.Number)
                {
                    tokens[i] = tokens[i] with { Shape = tokens[i].Shape | TokenShape.SentenceInitial };
                    break;
                }
            }
        }
    }

    private static FrozenSet<ulong> Hashes(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => NormalForm.Hash(w)).ToFrozenSet();
}
