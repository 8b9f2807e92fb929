using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("one")]
    [InlineData("two")]
    [InlineData("three")]
    [InlineData("four")]
    public void Of_LongArticle_IsWholeParagraphsOfItWithTheirFlagsAndHints(string id)
    {
        var whole = Whole(id, paragraphs: 20);

        var part = Excerpt.Of(whole, impliesWording: true)!;

        var sentences = part.Analysis.Document.Sentences.Length;
        Assert.InRange(sentences, 4, 13);
        var paragraphs = part.Source.Article.Text.Split('\n');
        Assert.All(paragraphs, paragraph => Assert.Contains(paragraph, whole.Source.Article.Text.Split('\n')));
        Assert.Equal(Enumerable.Repeat("disgrace", paragraphs.Length), part.Source.Spans.Select(gold => gold.Span.Of(part.Source.Article.Text).ToString()));
        Assert.Equal(paragraphs.Length, part.Gold.Length);
        Assert.Equal(paragraphs, part.Source.Article.Hints.Select(hint => hint.Span.Of(part.Source.Article.Text).ToString()));
        Assert.True(part.IsPart);
        Assert.Equal((whole.Part, whole.Fold), (part.Part, part.Fold));
        Assert.Equal(part.Source.Article.Text, Excerpt.Of(Whole(id, paragraphs: 20), impliesWording: true)!.Source.Article.Text);
    }

    [Fact]
    public void Of_SeveralArticles_AreOfDifferentPlacesAndLengths()
    {
        var texts = Enumerable.Range(0, 40).Select(i => Excerpt.Of(Whole($"article-{i}", paragraphs: 20), impliesWording: true)!.Source.Article.Text).ToArray();

        Assert.True(texts.Select(text => text[..20]).Distinct().Count() > 10);
        Assert.True(texts.Select(text => text.Length / 40).Distinct().Count() > 3);
    }

    [Fact]
    public void Of_ArticleThatIsShortItself_IsNone() => Assert.Null(Excerpt.Of(Whole("brief", paragraphs: 3), impliesWording: true));

    [Fact]
    public void OfArticle_Excerpt_SaysNothingOverall()
    {
        var whole = Whole("one", paragraphs: 20);
        var part = Excerpt.Of(whole, impliesWording: true)!;
        foreach (var article in new[] { whole, part })
            article.Readings = [.. Enumerable.Range(0, article.Analysis.Document.Sentences.Length).Select(i => new SentenceReading { Index = i, Logits = new double[6] })];

        Assert.Equal(1, ArticleGoals.OfArticle(whole)[^1]);
        var goals = ArticleGoals.OfArticle(part);
        Assert.True(float.IsNaN(goals[^1]));
        Assert.Equal(1, goals[(int)Label.EmotiveWording.Family()]);
    }

    /// <summary>Paragraphs of two sentences, each with a flag and a hint over it.</summary>
    private static PreparedArticle Whole(string id, int paragraphs)
    {
        var text = string.Join('\n', Enumerable.Range(100, paragraphs).Select(i => $"The {i} buses left. It was a disgrace."));
        var length = text.IndexOf('\n', StringComparison.Ordinal);
        var starts = Enumerable.Range(0, paragraphs).Select(i => i * (length + 1)).ToArray();
        var hints = starts.Select(start => new StructureHint(ZoneKind.Headline, new TextSpan(start, start + length))).ToArray();
        var spans = starts.Select(start => new GoldSpan(new TextSpan(start + length - 9, start + length - 1), Label.EmotiveWording)).ToArray();
        return PreparedArticle.From(new LabelledArticle(new Article { Id = id, Text = text, Hints = hints }, spans, "some", "wire"), BareWordLists.Instance);
    }
}
