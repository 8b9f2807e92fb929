using System.Buffers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Moderation.Annotation.Results;
using Moderation.Contracts.Exports;

namespace Moderation.Contracts.Tests.Exports;

public sealed class HtmlPageTests
{
    private const string Attack = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&";

    [Fact]
    public void WriteArticle_EverythingHostile_IsEscaped()
    {
        var text = $"Before {Attack} after.";
        var result = SampleResults.Of(
            new Article { Id = Attack, Text = text, Headline = Attack, Outlet = Attack, Genre = Attack, Version = Attack, Language = Attack },
            (Attack, Label.EmotiveWording));
        result = result with
        {
            Engine = result.Engine with { Version = Attack, Profile = Attack, Fingerprint = Attack, Model = new ModelDescription(Attack, Attack, Attack) },
            Annotations = [result.Annotations[0] with { Reason = Attack, Suggestion = Attack, Speaker = Attack, Evidence = [new Evidence(Attack, Attack, 1)] }],
            Coverage = result.Coverage with { Profile = Attack, Skipped = [new Skipped(new Annotation.Text.TextSpan(0, 1), Attack, Attack)] },
        };

        var page = Parse(result);

        Assert.Empty(page.QuerySelectorAll("script, img"));
        Assert.DoesNotContain(page.All, static element => element.Attributes.Any(static attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.Contains(text, page.QuerySelector(".text p")!.TextContent.Replace("1 after", " after", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void WriteArticle_Flags_StandInTheTextAndHaveNotes()
    {
        var page = Parse(SampleResults.Full());

        Assert.Equal("slams", page.QuerySelector("mark.loaded.confirm")!.TextContent);
        Assert.Equal(4, page.QuerySelectorAll(".notes li").Length);
        Assert.All(page.QuerySelectorAll("a.number"), link => Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!)));
        Assert.Equal("Sign up for our newsletter", page.QuerySelector(".text .furniture")!.TextContent);
        Assert.Contains("criticises", page.QuerySelector(".suggestion")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteArticle_Page_LoadsNothingFromElsewhere() =>
        Assert.Empty(Parse(SampleResults.Full()).QuerySelectorAll("link, script, img, iframe, [src]"));

    private static IDocument Parse(AnnotatedArticle result)
    {
        var output = new ArrayBufferWriter<byte>();
        HtmlPage.WriteStart("Title", output);
        HtmlPage.WriteArticle(result, "a1", output);
        HtmlPage.WriteEnd(output);
        return new HtmlParser().ParseDocument(Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
