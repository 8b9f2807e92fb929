using System.Text.RegularExpressions;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Worker.Commands;

namespace Moderation.Worker.Tests.Commands;

public sealed partial class TerminalViewTests
{
    private const string Text =
        "Mayor slammed over audit\n\nThe city audit office said on Tuesday that the council had overspent by 4 percent. " +
        "The bungling council has lost the trust of every resident.\n\n“They slammed us,” Maria Holt said. Experts agree.";

    [Fact]
    public void Render_WithoutColor_ShowsFlagsInNumberedBrackets()
    {
        var page = Render(Text, usesColor: false, width: 200);

        Assert.Contains("Mayor [slammed]¹ over audit", page, StringComparison.Ordinal);
        Assert.Contains("[The [bungling]³ council has lost the trust of every resident.]²", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', page);
    }

    [Fact]
    public void Render_WithColor_ShowsTheSameWordsInStyles()
    {
        var page = Render(Text, usesColor: true, width: 200);

        Assert.Contains("\e[38;5;16;48;5;222mslammed\e[0m", page, StringComparison.Ordinal);
        Assert.Contains("Mayor slammed¹ over audit", Escapes().Replace(page, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_AFlag_TellsAllThatAModeratorNeeds()
    {
        var page = Render(Text, usesColor: false, width: 100);

        Assert.Contains("slammed → criticised", page, StringComparison.Ordinal);
        Assert.Contains("emotive wording · loaded language · 86% sure · minor", page, StringComparison.Ordinal);
        Assert.Contains("“Slammed” is a charged word where a plain one says the same.", page, StringComparison.Ordinal);
        Assert.Contains("Worth a review.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_PageFurniture_IsCalledByItsKind()
    {
        var caption = new Article { Id = "a", Text = "Body.\n\nThe town hall.", Hints = [new StructureHint(ZoneKind.Caption, new TextSpan(7, 21))] };

        Assert.Contains("  ‹caption› The town hall.\n", Render(caption, usesColor: false, width: 100), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(72)]
    [InlineData(100)]
    public void Render_AnyWidth_KeepsToIt(int width)
    {
        var text = Text + "\n\n漢字漢字漢字漢字 漢字漢字漢字 👩‍👩‍👧 e\u0301e\u0301e\u0301 " + string.Join(' ', Enumerable.Repeat("words", 60));

        Assert.All(Render(text, usesColor: false, width).Split('\n'), line => Assert.InRange(TerminalText.Columns(line), 0, width));
    }

    [Fact]
    public void Render_ControlCharactersInAnArticle_NeverReachTheTerminal()
    {
        var page = Render(
            new Article { Id = "\e]0;title\a", Text = "The \e[2J\u009b31m mayor \u202eslammed\u202c it\b\b.", Headline = "\e[31mred" }, usesColor: false, width: 100);

        Assert.DoesNotContain(page, static character => (char.IsControl(character) && character != '\n') || character is '\u202e' or '\u202c');
        Assert.Contains("␛[2J", page, StringComparison.Ordinal);
    }

    private static string Render(string text, bool usesColor, int width) => Render(new Article { Id = "council", Text = text }, usesColor, width);

    private static string Render(Article article, bool usesColor, int width) =>
        TerminalView.Render(new WordListAnnotator().Annotate(article, cancellation: TestContext.Current.CancellationToken), new TerminalStyle(usesColor, width));

    [GeneratedRegex("\e\\[[0-9;]*m", RegexOptions.NonBacktracking)]
    private static partial Regex Escapes();
}
