using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Text;

/// <summary>What attribution relies on of tokens and sentences in damaged text.</summary>
public sealed class DamagedTextTests
{
    [Theory]
    [InlineData("GET THE APPAnd former staff said", "GET|THE|APP|And|former|staff|said")]
    [InlineData("The NATOs of the world", "The|NATOs|of|the|world")]
    [InlineData("donâ€™t say â€œnoâ€ now", "donâ€™t|say|â€œ|no|â€|now")]
    [InlineData("Harrisâ€™s plan", "Harris|â€™s|plan")]
    [InlineData("toÂ\u00A0bring", "to|bring")]
    public void Read_DamagedWords_AreCutAsMeant(string text, string tokens)
    {
        var document = Read(text);

        Assert.Equal(tokens.Split('|'), document.Tokens.Select(t => document.TextOf(t).ToString()));
    }

    [Theory]
    [InlineData("It is over.The next day came.", 2)]
    [InlineData("(Tom Reed via AP)The road is closed.", 2)]
    [InlineData("GET THE APPAnd former staff said so.", 2)]
    [InlineData("“Is it over?” Marsh asked in court.", 1)]
    [InlineData("“Is it over?” He said it was.", 2)]
    [InlineData("— Ada Holt (@adaholt) The road is closed.", 2)]
    [InlineData("— Ada Holt (@adaholt) December 22, 2021", 1)]
    public void Read_DamagedSentences_AreSplitAsMeant(string text, int sentences) => Assert.Equal(sentences, Read(text).Sentences.Length);

    [Fact]
    public void Hash_MisdecodedApostrophe_IsTheApostrophe() => Assert.Equal(NormalForm.Hash("don't"), NormalForm.Hash("donâ€™t"));

    private static Document Read(string text) => Document.Read(new Article { Id = "test", Text = text });
}
