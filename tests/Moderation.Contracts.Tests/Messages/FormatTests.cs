using Moderation.Annotation.Text;

namespace Moderation.Contracts.Tests.Messages;

/// <summary>The payloads of other people's formats.</summary>
public sealed class FormatTests : ReadingTest
{
    [Fact]
    public void Read_Ninjs3_TakesTheMarkedUpBody()
    {
        var article = Article(Read("""
            {"uri":"urn:x:1","standard":{"name":"ninjs","version":"3.0"},"type":"text","version":"2","language":"en","by":"Ann Other",
             "headlines":[{"role":"short","value":"Short"},{"role":"main","value":"Main headline"}],
             "bodies":[{"role":"main","contentType":"text/plain","value":"One. Two."},{"role":"richtext","contentType":"body_xhtml","value":"<p>One.</p> <p>Two.</p>"}],
             "genres":[{"name":"Opinion"}],"infoSources":[{"name":"The Agency"}],"contentCreated":"2024-01-02T03:04:05Z"}
            """));

        Assert.Equal(("urn:x:1", "One.\n\nTwo.", "Main headline"), (article.Id, article.Text, article.Headline));
        Assert.Equal(("Ann Other", "Opinion", "The Agency", "2"), (article.Byline, article.Genre, article.Outlet, article.Version));
        Assert.Equal(2024, article.PublishedAt?.Year);
    }

    [Fact]
    public void Read_Ninjs2_IsReadInLowerCase()
    {
        var article = Article(Read("""
            {"uri":"urn:x:2","versioncreated":"2019-05-10T16:02:28+02:00","pubstatus":"usable","copyrightholder":"dpa",
             "bodies":[{"role":"html","contenttype":"text/html","value":"<section class=\"main\"><p>Erster.</p></section>"}],
             "headlines":[{"value":"Titel"}],"infosources":[{"literal":"dpa"}]}
            """));

        Assert.Equal(("Erster.", "Titel", "dpa"), (article.Text, article.Headline, article.Outlet));
    }

    [Fact]
    public void Read_Ninjs1_IsRead()
    {
        var article = Article(Read("""
            {"uri":"http://example.org/1","type":"text","byline":"P. S.","headline":"H","body_text":"Plain.","body_xhtml":"<p>Marked<br/>up.</p>",
             "genre":[{"name":"Analysis","code":"a"}]}
            """));

        Assert.Equal(("Marked\nup.", "H", "P. S.", "Analysis"), (article.Text, article.Headline, article.Byline, article.Genre));
    }

    [Fact]
    public void Read_NinjsWithPlainBodyOnly_LeavesItUnchanged() =>
        Assert.Equal(" A  b\r\nc &amp; ", Article(Read("""{"uri":"u","headlines":[],"bodies":[{"contentType":"text/plain","value":" A  b\r\nc &amp; "}]}""")).Text);

    [Theory]
    [InlineData("""{"uri":"u","headlines":[{"value":"H"}]}""", "no-text")]
    [InlineData("""{"uri":"u","bodies":"text"}""", "wrong-type")]
    [InlineData("""{"uri":"u","bodies":[{"value":5}]}""", "wrong-type")]
    [InlineData("""{"uri":"u","bodies":["text"]}""", "wrong-type")]
    [InlineData("""{"uri":5,"bodies":[{"value":"t"}]}""", "wrong-type")]
    public void Read_BrokenNinjs_IsNamed(string body, string code) => Invalid(code, Read(body));

    [Theory]
    [InlineData("NewsArticle", null)]
    [InlineData("OpinionNewsArticle", "Opinion")]
    [InlineData("https://schema.org/AnalysisNewsArticle", "Analysis")]
    [InlineData("schema:SatiricalArticle", "Satire")]
    [InlineData("AdvertiserContentArticle", "Advertiser Supplied")]
    public void Read_NewsArticle_TakesItsGenreFromItsType(string type, string? genre)
    {
        var article = Article(Read($$"""
            {"@context":"https://schema.org","@type":"{{type}}","@id":"https://example.org/1","headline":"H","articleBody":"Body.",
             "author":[{"@type":"Person","name":"A"},"B"],"publisher":{"name":"P"},"datePublished":"2024-01-02","inLanguage":"en"}
            """));

        Assert.Equal(("https://example.org/1", "Body.", "A, B", "P", genre), (article.Id, article.Text, article.Byline, article.Outlet, article.Genre));
    }

    [Theory]
    [InlineData("""{"@context":"x","@graph":[{"@type":"WebPage","name":"n"},{"@type":["Article","NewsArticle"],"url":"u","articleBody":"Body."}]}""")]
    [InlineData("""[{"@type":"BreadcrumbList"},{"@type":"NewsArticle","identifier":{"value":"u"},"articleBody":"Body."}]""")]
    [InlineData("""{"@type":"NewsArticle","mainEntityOfPage":{"@id":"u"},"articleBody":"<p>Body.</p>"}""")]
    public void Read_JsonLdShapes_FindTheArticle(string body)
    {
        var article = Article(Read(body));

        Assert.Equal(("u", "Body."), (article.Id, article.Text));
    }

    [Fact]
    public void Read_OpinionSection_IsAGenreAndAnotherSectionIsNot()
    {
        Assert.Equal("Opinion", Article(Read("""{"@type":"NewsArticle","@id":"u","articleBody":"b","articleSection":["World","Opinion"]}""")).Genre);
        Assert.Null(Article(Read("""{"@type":"NewsArticle","@id":"u","articleBody":"b","articleSection":"Politics"}""")).Genre);
    }

    [Theory]
    [InlineData("""{"@type":"Product","name":"n"}""", "not-an-article")]
    [InlineData("""{"@context":"https://schema.org"}""", "not-an-article")]
    [InlineData("""{"@type":"NewsArticle","@id":"u"}""", "no-text")]
    [InlineData("""{"@type":"NewsArticle","articleBody":"b"}""", "no-id")]
    [InlineData("""{"@type":"NewsArticle","@id":"u","articleBody":["b"]}""", "wrong-type")]
    [InlineData("""[{"id":"a"}]""", "wrong-type")]
    public void Read_BrokenJsonLd_IsNamed(string body, string code) => Invalid(code, Read(body));

    [Fact]
    public void Read_ArcStory_KnowsTheKindOfEachElement()
    {
        var article = Article(Read("""
            {"_id":"ARC1","type":"story","version":"0.10.9","canonical_url":"/news/1","canonical_website":"the-example","language":"en",
             "headlines":{"basic":"Headline"},"credits":{"by":[{"name":"A"},{"name":"B"}]},"taxonomy":{"primary_section":{"name":"Opinions"}},
             "revision":{"revision_id":"R1"},"first_publish_date":"2024-01-02T03:04:05Z",
             "content_elements":[
               {"type":"text","content":"First <b>paragraph</b> &amp; more."},
               {"type":"image","caption":"A caption."},
               {"type":"interstitial_link","content":"Read more here","url":"u"},
               {"type":"quote","subtype":"pullquote","content_elements":[{"type":"text","content":"We will win."}],"citation":{"type":"text","content":"Maria Holt"}},
               {"type":"list","items":[{"type":"text","content":"One"},{"type":"text","content":"Two"}]},
               {"type":"oembed_response","raw_oembed":{"type":"twitter","html":"<blockquote class=\"twitter-tweet\"><p>A post</p></blockquote><script src=x></script>"}},
               {"type":"divider"},{"type":"mystery","content":["?"]},
               {"type":"correction","text":"An earlier version was wrong."}]}
            """));

        Assert.Equal(("ARC1", "Headline", "A, B", "Opinion", "R1", "the-example"), (article.Id, article.Headline, article.Byline, article.Genre, article.Version, article.Outlet));
        Assert.Equal(
            "First paragraph & more.\n\nA caption.\n\nRead more here\n\nWe will win.\n\nMaria Holt\n\nOne\n\nTwo\n\nA post\n\nAn earlier version was wrong.",
            article.Text);
        Assert.Equal("A caption.", Hinted(article, ZoneKind.Caption));
        Assert.Equal("Read more here", Hinted(article, ZoneKind.Promo));
        Assert.Equal("We will win.\n\nMaria Holt", Hinted(article, ZoneKind.Quote));
        Assert.Equal("A post", Hinted(article, ZoneKind.EmbeddedPost));
        Assert.Equal("An earlier version was wrong.", Hinted(article, ZoneKind.Metadata));
    }

    [Theory]
    [InlineData("""{"_id":"A","content_elements":[]}""", "no-text")]
    [InlineData("""{"content_elements":[{"type":"text","content":"t"}]}""", "no-id")]
    [InlineData("""{"_id":"A","content_elements":[{"type":"text","content":5}]}""", "wrong-type")]
    [InlineData("""{"_id":"A","content_elements":{"type":"text"}}""", "wrong-type")]
    [InlineData("""{"_id":"A","content_elements":["text"]}""", "wrong-type")]
    public void Read_BrokenArcStory_IsNamed(string body, string code) => Invalid(code, Read(body));

    [Fact]
    public void Read_WrongTypeDeepInAStory_NamesThePath() =>
        Assert.Contains("content_elements[1].content", Invalid("wrong-type", Read("""{"_id":"A","content_elements":[{"type":"divider"},{"type":"text","content":5}]}""")).Reason, StringComparison.Ordinal);

    private static string Hinted(Annotation.Results.Article article, ZoneKind kind) =>
        article.Hints.First(hint => hint.Kind == kind).Span.Of(article.Text).ToString();
}
