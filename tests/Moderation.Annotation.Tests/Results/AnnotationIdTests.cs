using Moderation.Annotation.Results;

namespace Moderation.Annotation.Tests.Results;

public sealed class AnnotationIdTests
{
    private static readonly string Id = AnnotationId.Of("article", Label.EmotiveWording, "slammed the audit", 1);

    [Theory]
    [InlineData("Slammed the Audit")]
    [InlineData("slammed  the\r\naudit")]
    [InlineData("slammed\u00A0the audit")]
    public void Of_SameQuoteOtherwiseWritten_IsTheSame(string quote) => Assert.Equal(Id, AnnotationId.Of("article", Label.EmotiveWording, quote, 1));

    [Fact]
    public void Of_AnythingElseChanged_IsAnother()
    {
        string[] ids =
        [
            Id,
            AnnotationId.Of("other", Label.EmotiveWording, "slammed the audit", 1),
            AnnotationId.Of("article", Label.NameCalling, "slammed the audit", 1),
            AnnotationId.Of("article", Label.EmotiveWording, "slammed an audit", 1),
            AnnotationId.Of("article", Label.EmotiveWording, "slammed the audit", 2),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Of_FixedInput_NeverChanges() => Assert.Equal("urn:moderation:flag:bf1f517f812d06199ddcd6e3", Id);
}
