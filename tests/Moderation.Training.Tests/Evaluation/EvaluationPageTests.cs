using System.Xml.Linq;
using Moderation.Annotation.Results;
using Moderation.Training.Evaluation;

namespace Moderation.Training.Tests.Evaluation;

public sealed class EvaluationPageTests
{
    private static readonly FixedAnnotator Engine = new(("bungling", Label.EmotiveWording, 0.8), ("<b>table</b>", Label.Puffery, 0.9));

    private static readonly EvaluationRun Run = EvaluationRunTests.Measure(Engine, [EvaluationRunTests.Article("a", "The [bungling](name-calling) <script>alert(1)</script> council & the <b>table</b>.\nIt [lied](verdict-verb).")]);

    [Fact]
    public void Render_HostileText_IsEscapedAndNothingIsLoadedOrRun()
    {
        var page = EvaluationPage.Render(Run, "A <title>", null, 40);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>table", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("A &lt;title&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Errors_StandMarkedInTheirSentences()
    {
        var page = EvaluationPage.Render(Run, "t", null, 40);

        Assert.Contains("<mark class=\"loaded\">&lt;b&gt;table&lt;/b&gt;</mark>.</blockquote>", page, StringComparison.Ordinal);
        Assert.Contains("<blockquote>It <mark class=\"editorial\">lied</mark>.</blockquote>", page, StringComparison.Ordinal);
        Assert.Contains("flagged as <b>emotive wording</b>, 80%", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Body_IsWellFormed()
    {
        var page = EvaluationPage.Render(Run, "t", ModelComparison.Of(Run, Run), 40);

        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)];
        Assert.Equal("body", XDocument.Parse(body).Root!.Name.LocalName);
    }

    [Fact]
    public void Render_TheSameRunTwice_GivesTheSamePage() =>
        Assert.Equal(EvaluationPage.Render(Run, "t", ModelComparison.Of(Run, Run), 40), EvaluationPage.Render(Run, "t", ModelComparison.Of(Run, Run), 40));

    [Fact]
    public void Render_MoreErrorsThanAskedFor_SaysHowManyThereAre()
    {
        var run = EvaluationRunTests.Measure(Engine, [EvaluationRunTests.Article("a", string.Join(' ', Enumerable.Repeat("<b>table</b>", 5)))]);

        var page = EvaluationPage.Render(run, "t", null, 2);

        Assert.Contains("2 of 5.", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<blockquote>").Length - 1);
        Assert.Contains("None.", page, StringComparison.Ordinal);
    }
}
