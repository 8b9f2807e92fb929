using System.Buffers;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>A document with what the lexicon says of each token and where the quotations stand; made once and read by every later step.</summary>
internal sealed class TaggedText : IDisposable
{
    private TaggedText(Document document, WordTags[] tags, byte[] phraseLength, int[] sentenceOf, List<Quotation> quotations, int[] quotationOf)
    {
        Document = document;
        Tags = tags;
        PhraseLength = phraseLength;
        SentenceOf = sentenceOf;
        Quotations = quotations;
        QuotationOf = quotationOf;
    }

    public Document Document { get; }

    public WordTags[] Tags { get; }

    /// <summary>How many tokens the lexicon's term that begins at the token has; 1 for single words.</summary>
    public byte[] PhraseLength { get; }

    public int[] SentenceOf { get; }

    public List<Quotation> Quotations { get; }

    /// <summary>For each token the quotation that it or its mark belongs to, or -1.</summary>
    public int[] QuotationOf { get; }

    public Token[] Tokens => Document.Tokens;

    public static TaggedText Read(Document document, AttributionLexicon lexicon)
    {
        var tokens = document.Tokens;
        var tags = ArrayPool<WordTags>.Shared.Rent(tokens.Length);
        var phraseLength = ArrayPool<byte>.Shared.Rent(tokens.Length);
        Array.Clear(tags);
        Array.Clear(phraseLength);
        for (var i = 0; i < tokens.Length; i++)
        {
            if (i + Prefetch.Distance < tokens.Length)
                lexicon.Fetch(tokens[i + Prefetch.Distance].Hash);
            phraseLength[i] = Math.Max((byte)1, phraseLength[i]);
            if (!lexicon.TryGet(tokens[i].Hash, out var entry))
                continue;
            tags[i] |= entry.Tags;
            if (entry.PhraseCount == 0)
                continue;
            var length = lexicon.MatchPhrase(entry, tokens, i, out var phraseTags);
            if (length > 1)
                Tag(tags, phraseLength, i, length, phraseTags);
        }

        var sentenceOf = ArrayPool<int>.Shared.Rent(tokens.Length);
        for (var s = 0; s < document.Sentences.Length; s++)
            sentenceOf.AsSpan(document.Sentences[s].FirstToken, document.Sentences[s].TokenCount).Fill(s);

        var quotations = QuotationFinder.Find(document, sentenceOf, tags);
        var quotationOf = ArrayPool<int>.Shared.Rent(tokens.Length);
        Array.Fill(quotationOf, -1);
        for (var q = 0; q < quotations.Count; q++)
            quotationOf.AsSpan(quotations[q].First, quotations[q].End - quotations[q].First).Fill(q);
        return new TaggedText(document, tags, phraseLength, sentenceOf, quotations, quotationOf);
    }

    /// <summary>Gives the arrays back to be used for other documents; nothing may be read after it.</summary>
    public void Dispose()
    {
        ArrayPool<WordTags>.Shared.Return(Tags);
        ArrayPool<byte>.Shared.Return(PhraseLength);
        ArrayPool<int>.Shared.Return(SentenceOf);
        ArrayPool<int>.Shared.Return(QuotationOf);
    }

    public bool Has(int token, WordTags any) => (Tags[token] & any) != 0;

    public bool IsMark(int token, char mark) => Tokens[token].Length == 1 && Document.Text[Tokens[token].Start] == mark;

    public bool IsDash(int token) => Document.MarkOf(Tokens[token]) is '\u2014' or '\u2013' or '-' && Tokens[token].Kind == TokenKind.Punctuation;

    public bool IsCapitalised(int token) => Tokens[token].Is(TokenShape.Capitalised);

    public bool EndsWith(int token, string suffix) =>
        Tokens[token].Length > suffix.Length + 1 && Document.Text.AsSpan(Tokens[token].Start, Tokens[token].Length).EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>A listed adverb, or a word in -ly that begins small.</summary>
    public bool IsAdverb(int token) => Has(token, WordTags.Adverb) || !IsCapitalised(token) && Tokens[token].IsWord && EndsWith(token, "ly") && !Has(token, WordTags.VerbForm);

    /// <summary>White space between two tokens is part of the span from the first to the end of the last.</summary>
    public TextSpan Span(int first, int end) => new(Tokens[first].Start, Tokens[end - 1].End);

    private static void Tag(WordTags[] tags, byte[] phraseLength, int start, int length, WordTags phraseTags)
    {
        const WordTags furniture = WordTags.Boilerplate | WordTags.Credit | WordTags.Caption | WordTags.Byline | WordTags.Metadata | WordTags.Appeal | WordTags.AppealFor | WordTags.AboutWriter;
        const WordTags roles = WordTags.Source | WordTags.Title;
        if ((phraseTags & roles) != 0)
        {
            for (var k = start; k < start + length; k++)
                tags[k] |= phraseTags & roles;
        }

        tags[start] |= phraseTags & furniture;
        phraseTags &= ~furniture;
        if ((phraseTags & ~roles) == 0)
            return;

        // The term as a whole is the cue: what its first word alone could be no longer counts.
        tags[start] = tags[start] & ~(WordTags.Cue | WordTags.StrongCue | WordTags.WeakCue | WordTags.Denial | WordTags.CueNoun | WordTags.TakesName | WordTags.TakesAs | WordTags.TakesCharge) | phraseTags;
        phraseLength[start] = (byte)Math.Min(length, byte.MaxValue);
    }
}
