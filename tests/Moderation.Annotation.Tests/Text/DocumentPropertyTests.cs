using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests.Text;

/// <summary>What holds of every text, however damaged: checked over generated ones.</summary>
public sealed class DocumentPropertyTests
{
    private const int Texts = 3000;

    [Fact]
    public void Read_AnyText_TokensAreInOrderAndDoNotOverlap() => ForEveryText(document =>
    {
        var end = 0;
        foreach (var token in document.Tokens)
        {
            if (token.Start < end)
                return $"the token at {token.Start} begins before {end}, where the one before it ends";
            if (token.End <= token.Start || token.End > document.Text.Length)
                return $"a token from {token.Start} to {token.End} in a text of {document.Text.Length}";
            end = token.End;
        }

        return null;
    });

    [Fact]
    public void Read_AnyText_TokensCoverAllThatCanBeSeen() => ForEveryText(document =>
    {
        var covered = new bool[document.Text.Length];
        foreach (var token in document.Tokens)
            covered.AsSpan(token.Start, token.Length).Fill(true);
        for (var i = 0; i < covered.Length; i++)
        {
            if (!covered[i] && IsVisible(document.Text, i))
                return $"no token covers the character U+{(int)document.Text[i]:X4} at {i}";
        }

        return null;
    });

    [Fact]
    public void Read_AnyText_TokensNeverCutASurrogatePair() => ForEveryText(document =>
    {
        foreach (var token in document.Tokens)
        {
            if (CutsPair(document.Text, token.Start) || CutsPair(document.Text, token.End))
                return $"the token from {token.Start} to {token.End} cuts a pair of surrogates";
        }

        return null;
    });

    [Fact]
    public void Read_AnyText_EveryTokenIsInOneSentenceAndEverySentenceInOneParagraph() => ForEveryText(document =>
    {
        int token = 0, sentenceIndex = 0;
        for (var p = 0; p < document.Paragraphs.Length; p++)
        {
            var paragraph = document.Paragraphs[p];
            if (paragraph.FirstSentence != sentenceIndex || paragraph.FirstToken != token || paragraph.SentenceCount < 1)
                return $"paragraph {p} begins at sentence {paragraph.FirstSentence}, token {paragraph.FirstToken}, where {sentenceIndex}, {token} come next";
            for (; sentenceIndex < paragraph.EndSentence; sentenceIndex++)
            {
                var sentence = document.Sentences[sentenceIndex];
                if (sentence.Paragraph != p || sentence.FirstToken != token || sentence.TokenCount < 1)
                    return $"sentence {sentenceIndex} of paragraph {p} says paragraph {sentence.Paragraph} and begins at token {sentence.FirstToken}, where {token} comes next";
                token = sentence.EndToken;
            }

            if (paragraph.EndToken != token)
                return $"paragraph {p} ends at token {paragraph.EndToken}, its last sentence at {token}";
        }

        return token == document.Tokens.Length && sentenceIndex == document.Sentences.Length ? null : "tokens or sentences are left over";
    });

    [Fact]
    public void Read_AnyText_SentencesAndParagraphsBeginAndEndAtTheirTokens() => ForEveryText(document =>
    {
        foreach (var sentence in document.Sentences)
        {
            if (sentence.Span != new TextSpan(document.Tokens[sentence.FirstToken].Start, document.Tokens[sentence.EndToken - 1].End))
                return $"the sentence {sentence.Span} has other borders than its tokens";
        }

        foreach (var paragraph in document.Paragraphs)
        {
            if (paragraph.Span != new TextSpan(document.Tokens[paragraph.FirstToken].Start, document.Tokens[paragraph.EndToken - 1].End))
                return $"the paragraph {paragraph.Span} has other borders than its tokens";
        }

        return null;
    });

    [Fact]
    public void TokenAt_AnyPosition_IsTheFirstTokenThatEndsAfterIt() => ForEveryText(document =>
    {
        for (var position = 0; position <= document.Text.Length; position++)
        {
            var expected = Array.FindIndex(document.Tokens, token => token.End > position);
            if (document.TokenAt(position) != (expected < 0 ? document.Tokens.Length : expected))
                return $"at {position} the token {document.TokenAt(position)} is given instead of {expected}";
        }

        return null;
    });

    [Fact]
    public void Read_AnyText_IsNeverAltered() => ForEveryText(document => document.Tokens.All(token => document.TextOf(token).SequenceEqual(document.Text.AsSpan(token.Start, token.Length))) ? null : "a token is not cut from the text");

    private static void ForEveryText(Func<Document, string?> findFault)
    {
        foreach (var (seed, text) in TextGenerator.Texts(Texts))
        {
            if (findFault(DocumentReading.Read(text)) is { } fault)
                Assert.Fail($"Seed {seed}: {fault}.\nThe text: {DocumentReading.Show(text)}");
        }
    }

    /// <summary>White space, control characters and the invisible ones within words may lie between tokens; "Â" before a no-break space is damage.</summary>
    private static bool IsVisible(string text, int index)
    {
        var c = text[index];
        var isDamagedSpace = c == '\u00C2' && index + 1 < text.Length && text[index + 1] == '\u00A0';
        return !char.IsWhiteSpace(c) && !char.IsControl(c) && !NormalForm.IsInvisible(c) && !isDamagedSpace;
    }

    private static bool CutsPair(string text, int position) => position > 0 && position < text.Length && char.IsSurrogatePair(text[position - 1], text[position]);
}
