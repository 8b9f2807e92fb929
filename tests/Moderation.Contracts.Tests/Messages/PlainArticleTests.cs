namespace Moderation.Contracts.Tests.Messages;

public sealed class PlainArticleTests : ReadingTest
{
    [Fact]
    public void Read_AllFields_AreTaken()
    {
        var article = Article(Read("""
            {"id":"a-1","headline":"H","text":"Body.","outlet":"O","language":"en-GB","genre":"opinion","byline":"By B",
             "publishedAt":"2024-05-06T07:08:09+02:00","version":"7","url":"https://example.org/a","extra":{"ignored":[1]}}
            """));

        Assert.Equal("a-1", article.Id);
        Assert.Equal("Body.", article.Text);
        Assert.Equal("H", article.Headline);
        Assert.Equal("O", article.Outlet);
        Assert.Equal("en-GB", article.Language);
        Assert.Equal("opinion", article.Genre);
        Assert.Equal("By B", article.Byline);
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)), article.PublishedAt);
        Assert.Equal("7", article.Version);
        Assert.Equal("https://example.org/a", article.Uri);
    }

    [Theory]
    [InlineData("  leading, trailing \\n\\n", "  leading, trailing \n\n")]
    [InlineData("a\\r\\nb\\u00a0c\\u200bd", "a\r\nb\u00a0c\u200bd")]
    [InlineData("\\ud83d\\ude00 and 😀", "😀 and 😀")]
    [InlineData("not &amp; decoded <p>", "not &amp; decoded <p>")]
    [InlineData("\\\"\\\\\\/\\b\\f\\t\\u0041", "\"\\/\b\f\tA")]
    public void Read_PlainText_IsUnchanged(string json, string expected) =>
        Assert.Equal(expected, Article(Read($$"""{"id":"a","text":"{{json}}"}""")).Text);

    [Theory]
    [InlineData("x\\ud83dy", "x\uFFFDy")]
    [InlineData("\\ude00", "\uFFFD")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\uFFFD😀")]
    public void Read_HalfSurrogatePair_BecomesOneReplacementCharacter(string json, string expected) =>
        Assert.Equal(expected, Article(Read($$"""{"id":"a","text":"{{json}}"}""")).Text);

    [Fact]
    public void Read_TextAndHtml_TakesTheText() =>
        Assert.Equal("Plain.", Article(Read("""{"id":"a","text":"Plain.","html":"<p>Marked up.</p>"}""")).Text);

    [Fact]
    public void Read_BlankTextAndHtml_TakesTheHtml() =>
        Assert.Equal("Marked up.", Article(Read("""{"id":"a","text":" ","html":"<p>Marked up.</p>"}""")).Text);

    [Fact]
    public void Read_NumericVersion_IsTakenAsWritten() =>
        Assert.Equal("12", Article(Read("""{"id":"a","text":"t","version":12}""")).Version);

    [Fact]
    public void Read_NullFields_AreAbsent()
    {
        var article = Article(Read("""{"id":"a","text":"t","headline":null,"publishedAt":null,"version":null,"html":null}"""));

        Assert.Null(article.Headline);
        Assert.Null(article.PublishedAt);
        Assert.Null(article.Version);
    }

    [Fact]
    public void Read_UnreadableDate_KeepsTheArticleWithoutIt() =>
        Assert.Null(Article(Read("""{"id":"a","text":"t","publishedAt":"last Tuesday"}""")).PublishedAt);

    [Theory]
    [InlineData("""{"text":"t"}""", "no-id")]
    [InlineData("""{"id":"","text":"t"}""", "no-id")]
    [InlineData("""{"id":" ","text":"t"}""", "no-id")]
    [InlineData("""{"id":null,"text":"t"}""", "no-id")]
    [InlineData("""{"id":"a"}""", "no-text")]
    [InlineData("""{"id":"a","text":""}""", "no-text")]
    [InlineData("""{"id":"a","text":" \n\t"}""", "no-text")]
    [InlineData("""{"id":"a","html":"<p> </p><script>x</script>"}""", "no-text")]
    [InlineData("{}", "no-id")]
    [InlineData("""{"id":7,"text":"t"}""", "wrong-type")]
    [InlineData("""{"id":"a","text":["t"]}""", "wrong-type")]
    [InlineData("""{"id":"a","text":"t","headline":{}}""", "wrong-type")]
    [InlineData("""{"id":"a","text":"t","version":1.5}""", "wrong-type")]
    [InlineData("""{"id":"a","text":"t","publishedAt":17}""", "wrong-type")]
    [InlineData("[]", "wrong-type")]
    [InlineData("\"text\"", "wrong-type")]
    [InlineData("null", "wrong-type")]
    [InlineData("", "empty")]
    [InlineData("{", "bad-json")]
    [InlineData("{\"id\":\"a\",\"text\":\"t\"} x", "bad-json")]
    [InlineData("not json", "bad-json")]
    public void Read_InvalidMessage_IsNamed(string body, string code) => Invalid(code, Read(body));

    [Fact]
    public void Read_WrongType_NamesTheFieldAndBothTypes()
    {
        var invalid = Invalid("wrong-type", Read("""{"id":"a","text":"t","outlet":[1]}"""));

        Assert.Contains("\"outlet\" is an array and should be a string", invalid.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BadJson_NamesTheLine() =>
        Assert.Contains("line 3", Invalid("bad-json", Read("{\n\"id\":\"a\",\n\"text\":oops}")).Reason, StringComparison.Ordinal);

    [Fact]
    public void Read_AnyInvalidMessage_TellsNothingOfTheText()
    {
        var invalid = Invalid("wrong-type", Read("""{"id":"a","text":"SECRETWORDS","outlet":[1]}"""));

        Assert.DoesNotContain("SECRETWORDS", invalid.Reason, StringComparison.Ordinal);
    }
}
