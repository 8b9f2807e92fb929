using Moderation.Annotation.Results;

namespace Moderation.Annotation.Text;

/// <summary>A paragraph: a stretch between line breaks (a hard-wrapped one counts as one), and its sentences.</summary>
public readonly record struct Paragraph(TextSpan Span, int FirstSentence, int SentenceCount, int FirstToken, int TokenCount)
{
    public int EndSentence => FirstSentence + SentenceCount;

    public int EndToken => FirstToken + TokenCount;
}

/// <summary>A sentence without the white space around it, and its tokens.</summary>
public readonly record struct Sentence(TextSpan Span, int Paragraph, int FirstToken, int TokenCount)
{
    public int EndToken => FirstToken + TokenCount;
}

/// <summary>
/// An article's text cut into paragraphs, sentences and tokens. Immutable, and never a changed text: every offset indexes the text as it was given.
/// </summary>
public sealed class Document
{
    /// <summary>Room for tokens that a thread keeps between articles: those of a long magazine piece.</summary>
    private const int KeptTokens = 8192;

    [ThreadStatic]
    private static List<Token>? t_tokens;

    private Document(Article article, Token[] tokens, Sentence[] sentences, Paragraph[] paragraphs)
    {
        Article = article;
        Tokens = tokens;
        Sentences = sentences;
        Paragraphs = paragraphs;
    }

    public Article Article { get; }

    public string Text => Article.Text;

    public Token[] Tokens { get; }

    public Sentence[] Sentences { get; }

    public Paragraph[] Paragraphs { get; }

    public static Document Read(Article article)
    {
        // The thread's own list is used again from article to article, unless a huge one has made it huge.
        var tokens = t_tokens ??= new List<Token>(KeptTokens);
        tokens.Clear();
        Tokenizer.Tokenize(article.Text, tokens);
        var (sentences, paragraphs) = SentenceSplitter.Split(article.Text, tokens);
        var document = new Document(article, [.. tokens], sentences, paragraphs);
        if (tokens.Capacity > KeptTokens)
            t_tokens = null;
        return document;
    }

    public ReadOnlySpan<char> TextOf(in Token token) => Text.AsSpan(token.Start, token.Length);

    /// <summary>The mark that a punctuation token is, as it was meant where it was misdecoded; the first character of any other token.</summary>
    public char MarkOf(in Token token) => CharacterClasses.MarkOf(Text, token);

    public ReadOnlySpan<Token> TokensOf(in Sentence sentence) => Tokens.AsSpan(sentence.FirstToken, sentence.TokenCount);

    /// <summary>The index of the first token that ends after the position; the token count where there is none.</summary>
    public int TokenAt(int position)
    {
        int low = 0, high = Tokens.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Tokens[middle].End > position)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
