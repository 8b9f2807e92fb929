using System.Text;
using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Messages;
using Moderation.Contracts.Tests.Messages;

namespace Moderation.Contracts.Tests.Markup;

public sealed class HtmlReaderTests : ReadingTest
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("<p>One<p>Two", "One\n\nTwo")]
    [InlineData("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree")]
    [InlineData("One<br>Two<br/>Three<br><br>Four", "One\nTwo\nThree\n\nFour")]
    [InlineData("<ul><li>One<li>Two</ul>After", "One\nTwo\n\nAfter")]
    [InlineData("<p>  a \n b\t c </p>", "a b c")]
    [InlineData("<p>Joined<b>words</b> and <i>spaced</i> ones</p>", "Joinedwords and spaced ones")]
    [InlineData("<p>Fish &amp; chips &#8220;here&#x201D; &eacute;&nbsp;x &lt;b&gt;</p>", "Fish & chips “here” é\u00a0x <b>")]
    [InlineData("<p>a&zwnj;b\u200bc</p>", "a\u200cb\u200bc")]
    [InlineData("<p>&#128512; &#xD800; &#0;</p>", "😀 \uFFFD \uFFFD")]
    [InlineData("<p>One</p><p>&nbsp;</p><p>\u200b</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("<p>&nbsp;&nbsp;Indented</p><p><b>&nbsp;</b>too</p>", "\u00a0\u00a0Indented\n\n\u00a0too")]
    [InlineData("<script>var a = '<p>no</p>';</script><style>p{}</style><p>Yes</p>", "Yes")]
    [InlineData("<noscript><p>No</p></noscript><template><p>No</p></template><p>Yes</p>", "Yes")]
    [InlineData("<!-- no --><p>Yes<!-- <p>no --></p>", "Yes")]
    [InlineData("<html><head><title>No</title><meta charset=utf-8></head><body><p>Yes</p></body></html>", "Yes")]
    [InlineData("<head><title>No</title><body>Yes", "Yes")]
    [InlineData("<p hidden>No</p><p style='color:red; display: none'>No</p><p>Yes</p>", "Yes")]
    [InlineData("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc")]
    [InlineData("<table><tr><td>A<td>B</tr><tr><th>C</th><td>D</td></tr></table>", "A\tB\nC\tD")]
    [InlineData("<p>He said <q>no</q>.</p>", "He said “no”.")]
    [InlineData("<p>One</p>\r\n\r\n<p>Two\r\nlines</p>", "One\n\nTwo lines")]
    [InlineData("<svg><text>No</text></svg><p>Yes</p>", "Yes")]
    [InlineData("<svg><text>No<p>Yes</p>", "Yes")]
    [InlineData("Text without markup", "Text without markup")]
    [InlineData("1 < 2 and 3 > 2 <3", "1 < 2 and 3 > 2 <3")]
    [InlineData("<p>Broken <b attr='x>never closed", "Broken")]
    [InlineData("<dl><dt>Term<dd>Meaning</dl>", "Term\nMeaning")]
    [InlineData("<p>a</p></p></div></b><p>b</p>", "a\n\nb")]
    public void Read_Html_YieldsTheTextAsShown(string html, string expected) => Assert.Equal(expected, FromHtml(html).Text);

    [Theory]
    [InlineData("<h1>Head</h1><p>Body</p>", ZoneKind.Headline, "Head")]
    [InlineData("<p>Body</p><figure><img><figcaption>The <b>cap</b></figcaption></figure>", ZoneKind.Caption, "The cap")]
    [InlineData("<p>Body</p><div class='wp-caption'><p class='wp-caption-text'>Cap</p></div>", ZoneKind.Caption, "Cap")]
    [InlineData("<p>Body</p><blockquote><p>One</p><p>Two</p><footer>Who</footer></blockquote>", ZoneKind.Quote, "One\n\nTwo\n\nWho")]
    [InlineData("<p>Body</p><blockquote class='twitter-tweet'><p>Post</p>— X</blockquote>", ZoneKind.EmbeddedPost, "Post\n\n— X")]
    [InlineData("<p>Body</p><blockquote class='instagram-media'>Post</blockquote>", ZoneKind.EmbeddedPost, "Post")]
    [InlineData("<nav><a>Home</a></nav><p>Body</p>", ZoneKind.Promo, "Home")]
    [InlineData("<p>Body</p><aside><p>Related</p></aside>", ZoneKind.Promo, "Related")]
    [InlineData("<p>Body text that is longer</p><div class='c-newsletter-box'>Sign up</div>", ZoneKind.Promo, "Sign up")]
    [InlineData("<p>Body text that is longer</p><div id='ad-slot-2'>Buy now</div>", ZoneKind.Promo, "Buy now")]
    [InlineData("<p>Body</p><aside class='pullquote'>Words</aside>", ZoneKind.Quote, "Words")]
    [InlineData("<p>Body</p><footer>© The Example</footer>", ZoneKind.Boilerplate, "© The Example")]
    [InlineData("<p>By <span class='byline'>Ann Other</span> in a longer text</p>", ZoneKind.Byline, "Ann Other")]
    [InlineData("<address>By Ann</address><p>Body</p>", ZoneKind.Byline, "By Ann")]
    [InlineData("<p>By <a rel='author'>Ann</a></p>", ZoneKind.Byline, "Ann")]
    [InlineData("<div role='navigation'>Menu</div><p>Body</p>", ZoneKind.Promo, "Menu")]
    public void Read_Structure_BecomesAHint(string html, ZoneKind kind, string words)
    {
        var article = FromHtml(html);

        var hint = Assert.Single(article.Hints, hint => hint.Kind == kind);
        Assert.Equal(words, hint.Span.Of(article.Text).ToString());
    }

    [Theory]
    [InlineData("<article class='newsletter-enabled ad'><p>Body</p></article>")]
    [InlineData("<div class='has-newsletter no-ads'><p>Body</p></div>")]
    [InlineData("<div class='related'><p>The whole article stands in a badly named box.</p></div>")]
    [InlineData("<div class='header shadow adagio unrelated-x'><p>Body</p></div>")]
    [InlineData("<h2>Subhead</h2><p>Body</p>")]
    public void Read_WhatIsOnlyNamedLikeFurniture_GetsNoHint(string html) => Assert.Empty(FromHtml(html).Hints);

    [Fact]
    public void Read_UnclosedBox_EndsWithItsParent()
    {
        var article = FromHtml("<section><div class='promo'>Sign up</section><p>The body goes on for much longer.</p>");

        Assert.Equal("Sign up", Assert.Single(article.Hints).Span.Of(article.Text).ToString());
    }

    [Fact]
    public void Read_NestingOverTheLimit_IsRefused()
    {
        Invalid("html-too-deep", Html(Repeat("<div>", 257)));
        Assert.Equal("x", FromHtml(Repeat("<div>", 255) + "x").Text);
    }

    [Fact]
    public void Read_UnclosedFormatting_IsNoNesting() => Assert.Equal("x", FromHtml(Repeat("<b><font color=red><a href=x>", 5_000) + "x").Text);

    [Theory]
    [InlineData("<p>text ")]
    [InlineData("<b>text ")]
    [InlineData("<div class='a b c'></div>x")]
    [InlineData("</div></p></b>x")]
    [InlineData("<a a=1 ")]
    [InlineData("&amp")]
    [InlineData("&#x")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<!-- x -->y")]
    [InlineData("<script>")]
    [InlineData("<svg><p>x")]
    [InlineData("<table><tr><td>x")]
    [InlineData(" \n")]
    [InlineData("<br>")]
    [InlineData("<q>x</q>")]
    [InlineData("<b>&nbsp;</b>")]
    [InlineData("<p>&nbsp;</p>")]
    public void Read_HostileHtml_CostsInProportionToItsLength(string unit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processor time of a thread is read as Linux gives it");
        var quarter = Message(Repeat(unit, 150_000 / unit.Length));
        var whole = Message(Repeat(unit, 600_000 / unit.Length));
        Read(quarter);

        var ratio = Seconds(whole) / Seconds(quarter);

        // Linear cost would be 4 and quadratic 16; caches and collections take their share of what is between.
        Assert.True(ratio < 9, $"four times the length took {ratio:0.0} times the work");
    }

    private static double Seconds(byte[] message) =>
        Math.Max(0.002, Enumerable.Range(0, 5).Min(_ => ThreadTime.Of(() => Read(message)).TotalSeconds));

    private static Article FromHtml(string html) => Article(Html(html));

    private static ArticleReadResult Html(string html) => Read(Message(html));

    private static byte[] Message(string html) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { id = "a", html }));

    private static string Repeat(string unit, int count) => new StringBuilder(unit.Length * count).Insert(0, unit, count).ToString();
}
