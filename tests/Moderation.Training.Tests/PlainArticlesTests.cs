using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Tests;

public sealed class PlainArticlesTests
{
    [Fact]
    public void Of_Layouts_GiveTheirParagraphsAndEverySentenceIsPlacedOnce()
    {
        var sentences = Enumerable.Range(1, 12).Select(i => Sentence($"The ferry left at {i} on Monday.")).ToArray();

        var articles = PlainArticles.Of(sentences, new Queue<LabelledArticle>(), [Layout("It rained. It snowed.\nThe road was shut.\nNobody came. The bus left. It was noon.")]);

        Assert.Equal(2, articles.Count);
        Assert.Equal(
            "The ferry left at 1 on Monday. The ferry left at 2 on Monday.\nThe ferry left at 3 on Monday.\nThe ferry left at 4 on Monday. The ferry left at 5 on Monday. The ferry left at 6 on Monday.",
            articles[0].Article.Text);
        Assert.All(articles, article => Assert.Empty(article.Article.Hints));
        Assert.Equal(sentences.Select(sentence => sentence.Article.Text), articles.SelectMany(article => article.Article.Text.Split('\n')).SelectMany(SentencesOf));
    }

    [Theory]
    [InlineData("Ferry leaves on time")]
    [InlineData("Fares held at 4%")]
    [InlineData("Captain: 'It was full'")]
    public void Of_SentencesWithoutAClosingMark_AreHeadlinesInPlaceOfTheFirstParagraph(string headline)
    {
        LabelledArticle[] sentences = [Sentence("The ferry left at noon."), Sentence(headline), Sentence("“It was full.”")];

        var article = Assert.Single(PlainArticles.Of(sentences, new Queue<LabelledArticle>(), [Layout("Road shut after storm\nIt rained. It snowed.")]));

        Assert.Equal($"{headline}\nThe ferry left at noon. “It was full.”", article.Article.Text);
        Assert.Equal([new StructureHint(ZoneKind.Headline, new TextSpan(0, headline.Length))], article.Article.Hints);
    }

    [Fact]
    public void Of_MoreHeadlinesThanArticles_LeavesTheRestOut()
    {
        LabelledArticle[] sentences = [Sentence("Ferry leaves on time"), Sentence("Ferry comes back"), Sentence("It was full.")];

        var article = Assert.Single(PlainArticles.Of(sentences, new Queue<LabelledArticle>(), [Layout("It rained.")]));

        Assert.Contains(article.Article.Text, new[] { "Ferry leaves on time\nIt was full.", "Ferry comes back\nIt was full." });
    }

    [Fact]
    public void Of_FlaggedSentences_StandHereAndThereWithTheirFlagsAndTheRestIsLeft()
    {
        var sentences = Enumerable.Range(1, 40).Select(i => Sentence($"The ferry left at {i}.")).ToArray();
        var flagged = new Queue<LabelledArticle>(Enumerable.Range(1, 5).Select(i => Sentence($"Trip {i} was a disgrace.", new GoldSpan(new TextSpan(11, 21), Label.OpinionAsFact))));

        var articles = PlainArticles.Of(sentences, flagged, [Layout("It rained. It snowed.\nThe road was shut.\nNobody came.")]);

        Assert.Equal(3, flagged.Count);
        var marked = articles.SelectMany(article => article.Spans, (article, gold) => (gold.Label, Words: gold.Span.Of(article.Article.Text).ToString())).ToArray();
        Assert.Equal([(Label.OpinionAsFact, "a disgrace"), (Label.OpinionAsFact, "a disgrace")], marked);
        Assert.Equal(42, articles.SelectMany(article => article.Article.Text.Split('\n')).SelectMany(SentencesOf).Count());
    }

    [Fact]
    public void Of_AFlagBelowAHeadline_IsOverItsWords()
    {
        LabelledArticle[] sentences = [Sentence("Ferry leaves on time"), .. Enumerable.Range(1, 12).Select(i => Sentence($"The ferry left at {i}."))];
        var flagged = new Queue<LabelledArticle>([Sentence("Trip 1 was a disgrace.", new GoldSpan(new TextSpan(11, 21), Label.OpinionAsFact))]);

        var articles = PlainArticles.Of(sentences, flagged, [Layout("Road shut\n" + string.Concat(Enumerable.Repeat("It rained. ", 13)))]);

        var article = Assert.Single(articles);
        Assert.StartsWith("Ferry leaves on time\nThe ferry left at 1. ", article.Article.Text, StringComparison.Ordinal);
        Assert.Equal("a disgrace", Assert.Single(article.Spans).Span.Of(article.Article.Text));
    }

    [Fact]
    public void Of_ASentenceWithoutAClosingMark_EndsItsParagraph()
    {
        var flagged = new Queue<LabelledArticle>([Sentence("What a disgrace", new GoldSpan(new TextSpan(0, 15), Label.OpinionAsFact))]);

        var articles = PlainArticles.Of([.. Enumerable.Range(1, 12).Select(i => Sentence($"Is it {i}?"))], flagged, [Layout(string.Concat(Enumerable.Repeat("It rained. ", 13)))]);

        Assert.Contains("Is it 11? What a disgrace\nIs it 12?", Assert.Single(articles).Article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoSentences_IsNoArticle() => Assert.Empty(PlainArticles.Of([], new Queue<LabelledArticle>(), [Layout("It rained.")]));

    [Fact]
    public void Of_SeveralLayouts_TakesEachBeforeAnyAgain()
    {
        var layouts = Enumerable.Range(1, 5).Select(i => PreparedArticle.From(new LabelledArticle(new Article { Id = $"layout-{i}", Text = string.Concat(Enumerable.Repeat("It rained. ", i)) }, [], "some", "wire"), BareWordLists.Instance)).ToArray();

        var articles = PlainArticles.Of([.. Enumerable.Range(1, 30).Select(i => Sentence($"The ferry left at {i}."))], new Queue<LabelledArticle>(), layouts);

        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], articles.Select(article => SentencesOf(article.Article.Text).Count()).Order());
    }

    private static LabelledArticle Sentence(string text, params GoldSpan[] spans) => new(new Article { Id = $"some:{text}", Text = text }, spans, "some", "sentence");

    private static PreparedArticle Layout(string text) => PreparedArticle.From(new LabelledArticle(new Article { Id = "layout", Text = text }, [], "some", "wire"), BareWordLists.Instance);

    private static IEnumerable<string> SentencesOf(string paragraph) => paragraph.Split(". ").Select(sentence => sentence.EndsWith('.') ? sentence : sentence + ".");
}
