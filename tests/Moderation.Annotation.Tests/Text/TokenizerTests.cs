using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests.Text;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("The mayor's plan", "The|mayor|'s|plan")]
    [InlineData("The mayor’s plan", "The|mayor|’s|plan")]
    [InlineData("They don't co-operate.", "They|don't|co-operate|.")]
    [InlineData("O’Brien’s so-called reform", "O’Brien|’s|so-called|reform")]
    [InlineData("The U.S. said no.", "The|U.S.|said|no|.")]
    [InlineData("At 10:45 a.m. it rose 3.5% to 1,200.", "At|10:45|a.m.|it|rose|3.5|%|to|1,200|.")]
    [InlineData("a 12-year-old boy", "a|12-year-old|boy")]
    [InlineData("Well... maybe", "Well|...|maybe")]
    [InlineData("“Go,” she said.", "“|Go|,|”|she|said|.")]
    [InlineData("well-known—and loved", "well-known|—|and|loved")]
    [InlineData("and/or", "and|/|or")]
    public void Tokenize_Writing_CutsWordsNumbersAndMarks(string text, string expected) => Assert.Equal(expected.Split('|'), DocumentReading.TokensOf(text));

    [Theory]
    [InlineData("one\u00A0two", "one|two")]
    [InlineData("one\u200Btwo", "one|two")]
    [InlineData("one\u00C2\u00A0two", "one|two")]
    [InlineData("\uFEFFone", "one")]
    [InlineData("dis\u00ADinformation", "dis\u00ADinformation")]
    [InlineData("e\u0301te\u0301", "e\u0301te\u0301")]
    [InlineData("\U0001D4D1\U0001D4F8\U0001D4F5d", "\U0001D4D1\U0001D4F8\U0001D4F5d")]
    [InlineData("no\U0001F600way", "no|\U0001F600|way")]
    [InlineData("don\u00E2\u20AC\u2122t", "don\u00E2\u20AC\u2122t")]
    [InlineData("\u00E2\u20AC\u0153Go\u00E2\u20AC\u009D", "\u00E2\u20AC\u0153|Go|\u00E2\u20AC\u009D")]
    public void Tokenize_DamagedText_KeepsWordsWhole(string text, string expected) => Assert.Equal(expected.Split('|'), DocumentReading.TokensOf(text));

    [Fact]
    public void Tokenize_LoneSurrogates_AreTokensOfTheirOwn()
    {
        Assert.Equal(["lone", "\uD83D", "high"], DocumentReading.TokensOf("lone \uD83D high"));
        Assert.Equal(["lone", "\uDE00", "low"], DocumentReading.TokensOf("lone \uDE00 low"));
        Assert.Equal(["\uDE00", "\uD83D"], DocumentReading.TokensOf("\uDE00\uD83D"));
    }

    [Theory]
    [InlineData("\"", TokenKind.QuoteMark)]
    [InlineData("“", TokenKind.QuoteMark)]
    [InlineData("»", TokenKind.QuoteMark)]
    [InlineData("\u00E2\u20AC\u0153", TokenKind.QuoteMark)]
    [InlineData(",", TokenKind.Punctuation)]
    [InlineData("…", TokenKind.Punctuation)]
    [InlineData("€", TokenKind.Symbol)]
    [InlineData("42", TokenKind.Number)]
    [InlineData("word", TokenKind.Word)]
    [InlineData("мир", TokenKind.Word)]
    public void Tokenize_OneToken_HasItsKind(string text, TokenKind kind) => Assert.Equal(kind, Assert.Single(DocumentReading.Read(text).Tokens).Kind);

    [Theory]
    [InlineData("Slammed", "slammed")]
    [InlineData("don’t", "don't")]
    [InlineData("don\u00E2\u20AC\u2122t", "don't")]
    [InlineData("dis\u00ADinformation", "disinformation")]
    [InlineData("co\u2011operate", "co-operate")]
    [InlineData("ÉTÉ", "été")]
    public void Tokenize_SameWordWrittenOtherwise_HasTheSameHash(string one, string other) =>
        Assert.Equal(Assert.Single(DocumentReading.Read(other).Tokens).Hash, Assert.Single(DocumentReading.Read(one).Tokens).Hash);

    [Fact]
    public void Tokenize_EndlessWord_IsCutIntoTokensOfBoundedLength()
    {
        var document = DocumentReading.Read(new string('x', 10_000));

        Assert.All(document.Tokens, token => Assert.InRange(token.Length, 1, Tokenizer.MaxTokenLength));
        Assert.Equal(10_000, document.Tokens.Sum(token => token.Length));
    }

    [Fact]
    public void Tokenize_Words_KnowHowTheyAreWritten()
    {
        var document = DocumentReading.Read("The NATO-led force's 5th move");

        var shapes = document.Tokens.Select(token => token.Shape).ToArray();
        Assert.True(shapes[0].HasFlag(TokenShape.Capitalised | TokenShape.SentenceInitial));
        Assert.True(shapes[1].HasFlag(TokenShape.Capitalised | TokenShape.HasHyphen | TokenShape.SpaceBefore));
        Assert.True(shapes[3].HasFlag(TokenShape.Clitic));
        Assert.False(shapes[3].HasFlag(TokenShape.SpaceBefore));
        Assert.True(shapes[4].HasFlag(TokenShape.HasDigit));
    }
}
