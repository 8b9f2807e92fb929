using System.Text;

namespace Moderation.Contracts.Tests.Messages;

public sealed class EnvelopeTests : ReadingTest
{
    private const string Good = """{"id":"a","text":"Some text."}""";

    [Fact]
    public void Read_StructuredEvent_TakesItsData() =>
        Assert.Equal("a", Article(Read(Structured($"\"data\":{Good}"), "application/cloudevents+json; charset=utf-8")).Id);

    [Fact]
    public void Read_StructuredEventWithoutMediaType_IsKnownByItsShape() =>
        Assert.Equal("a", Article(Read(Structured($"\"data\":{Good}"))).Id);

    [Fact]
    public void Read_Base64Data_IsUnpacked() =>
        Assert.Equal("Some text.", Article(Read(Structured($"\"data_base64\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Good))}\""))).Text);

    [Fact]
    public void Read_DataAsJsonInAString_IsRead() =>
        Assert.Equal("Some text.", Article(Read(Structured("\"data\":\"{\\\"id\\\":\\\"a\\\",\\\"text\\\":\\\"Some text.\\\"}\""))).Text);

    [Fact]
    public void Read_DataWithoutId_TakesTheSubject() =>
        Assert.Equal("the-subject", Article(Read(Structured("\"subject\":\"the-subject\",\"data\":{\"text\":\"t\"}"))).Id);

    [Fact]
    public void Read_TextData_IsTheArticle()
    {
        var article = Article(Read(Structured("\"subject\":\"s\",\"datacontenttype\":\"text/html\",\"data\":\"<p>One</p><p>Two</p>\"")));

        Assert.Equal("One\n\nTwo", article.Text);
    }

    [Theory]
    [InlineData("ce-")]
    [InlineData("cloudEvents_")]
    [InlineData("cloudEvents:")]
    [InlineData("CE-")]
    public void Read_BinaryEvent_IsReadUnderEveryPrefix(string prefix)
    {
        var headers = new[] { (prefix + "specversion", "1.0"), (prefix + "id", "event-1"), (prefix + "subject", "from-the-subject") };

        Assert.Equal("a", Article(Read(Good, "application/json", null, headers)).Id);
        Assert.Equal("from-the-subject", Article(Read("""{"text":"t"}""", "application/json", null, headers)).Id);
    }

    [Fact]
    public void Read_BinaryEventOfPlainText_IsNamedByItsSubject()
    {
        var article = Article(Read("Plain text.", "text/plain", null, ("ce-specversion", "1.0"), ("ce-subject", "s-1")));

        Assert.Equal(("s-1", "Plain text."), (article.Id, article.Text));
    }

    [Fact]
    public void Read_PlainTextThatNothingNames_HasNoId() => Invalid("no-id", Read("Plain text.", "text/plain"));

    [Theory]
    [InlineData("\"x\":1", "bad-envelope")]
    [InlineData("\"data\":null", "bad-envelope")]
    [InlineData("\"data_base64\":\"%%%\"", "bad-envelope")]
    [InlineData("\"data_base64\":7", "wrong-type")]
    [InlineData("\"data\":[]", "wrong-type")]
    [InlineData("\"data\":{\"id\":\"a\"}", "no-text")]
    public void Read_BrokenEvent_IsNamed(string fields, string code) =>
        Invalid(code, Read(Structured(fields), "application/cloudevents+json"));

    [Fact]
    public void Read_OtherCloudEventsVersion_IsRefused()
    {
        Invalid("bad-envelope", Read("""{"specversion":"0.3","data":{}}"""));
        Invalid("bad-envelope", Read(Good, null, null, ("ce-specversion", "2.0")));
    }

    private static string Structured(string fields) =>
        $$"""{"specversion":"1.0","id":"event-1","source":"/cms","type":"article.published",{{fields}}}""";
}
