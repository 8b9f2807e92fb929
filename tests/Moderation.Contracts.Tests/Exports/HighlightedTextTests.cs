using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Exports;

namespace Moderation.Contracts.Tests.Exports;

public sealed class HighlightedTextTests
{
    [Fact]
    public void Of_AnyArticle_CoversEveryParagraphWithoutGaps()
    {
        var result = SampleResults.Full();

        foreach (var paragraph in HighlightedText.Of(result))
        {
            Assert.Equal(paragraph.Span.Start, paragraph.Segments[0].Span.Start);
            Assert.Equal(paragraph.Span.End, paragraph.Segments[^1].Span.End);
            Assert.All(paragraph.Segments.Zip(paragraph.Segments.Skip(1)), static pair => Assert.Equal(pair.First.Span.End, pair.Second.Span.Start));
        }
    }

    [Fact]
    public void Of_NestedFlags_NamesTheOuterFirst()
    {
        var result = SampleResults.Of("The bungling council failed.", ("The bungling council failed.", Label.OpinionAsFact), ("bungling", Label.NameCalling));

        var inner = HighlightedText.Of(result)[0].Segments.Single(segment => segment.Span.Of(result.Article.Text) is "bungling");

        Assert.Equal([0, 1], inner.Flags);
        Assert.Equal([1], inner.Ending);
    }

    [Fact]
    public void Of_CrossingFlags_EndsEachInItsPlace()
    {
        var result = SampleResults.Of("one two three four", ("one two three", Label.Exaggeration), ("two three four", Label.Puffery));

        var segments = HighlightedText.Of(result)[0].Segments;

        Assert.Equal(["one ", "two three", " four"], segments.Select(segment => segment.Span.Of(result.Article.Text).ToString()));
        Assert.Equal([[0], [0, 1], [1]], segments.Select(static segment => segment.Flags));
        Assert.Equal([[], [0], [1]], segments.Select(static segment => segment.Ending));
    }

    [Fact]
    public void Of_FlagOverTwoParagraphs_StartsOnceAndEndsOnce()
    {
        var result = SampleResults.Of("Comment: one\n\ntwo end.", ("Comment: one\n\ntwo", Label.CommentaryInsertion));

        var paragraphs = HighlightedText.Of(result);

        Assert.Equal([1, 0], paragraphs.Select(static paragraph => paragraph.Starting.Count));
        Assert.Equal([0], paragraphs.SelectMany(static paragraph => paragraph.Segments).SelectMany(static segment => segment.Ending));
    }

    [Fact]
    public void Of_Zones_NamesTheInnermost()
    {
        var text = "“We will win,” she said.";
        var result = SampleResults.Of(text) with { Zones = [new Zone(ZoneKind.EditorComment, new TextSpan(0, text.Length)), new Zone(ZoneKind.Quote, new TextSpan(0, 14))] };

        Assert.Equal([ZoneKind.Quote, ZoneKind.EditorComment], HighlightedText.Of(result)[0].Segments.Select(static segment => segment.Zone));
    }
}
