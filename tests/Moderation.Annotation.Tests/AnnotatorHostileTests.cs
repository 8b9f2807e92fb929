using System.Text;
using Moderation.Annotation.Results;
using Moderation.Contracts.Tests;

namespace Moderation.Annotation.Tests;

/// <summary>Text that was made to break or to slow down the engine.</summary>
public sealed class AnnotatorHostileTests
{
    private const int Megabyte = 1 << 20;

    public static TheoryData<string> Units { get; } = new(
        "x", "word ", "word, ", "(", ")", "[{(", "\"", "“", "”", "'", "a' ", "«»", "\" said \"", "\u0301", "e\u0301", "\u200D", "\uD83D", "\U0001F600", ".", "A. ", "\n", "\n\n", ".\n",
        "1,", "-", "co-", "@caption ", "\u00E2\u20AC", "The shameful liar slammed the so-called reform. ", "He said. ", "According to him, ", "“No,” he said. ", "PRESS ", "Comment: no. \n");

    [Theory]
    [MemberData(nameof(Units))]
    public void Annotate_Hostile_CostsInProportionToItsLength(string unit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processor time of a thread is read as Linux gives it");
        var length = 16_000;
        DefaultEngine.Annotate(Repeat(unit, length), detail: Detail.Flags);

        // Long enough that the work is more than what every text costs, and than the clock's grain.
        while (Seconds(Repeat(unit, length)) < 0.04 && length < Megabyte)
            length *= 2;
        var single = Repeat(unit, length);
        var doubled = Repeat(unit, 2 * length);

        // The best of several runs: what is left is the work itself.
        double best = double.MaxValue, bestDoubled = double.MaxValue;
        for (var run = 0; run < 12 && (run < 2 || bestDoubled > 2.6 * best); run++)
        {
            best = Math.Min(best, Seconds(single));
            bestDoubled = Math.Min(bestDoubled, Seconds(doubled));
        }

        Assert.True(bestDoubled <= 2.6 * best, $"Twice the length took {bestDoubled / best:F2} times the work ({best * 1000:F0} ms, {bestDoubled * 1000:F0} ms).");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("(")]
    [InlineData("“")]
    [InlineData("\u0301")]
    [InlineData("word ")]
    public void Annotate_Megabyte_GivesAResult(string unit)
    {
        var article = Repeat(unit, Megabyte);

        Assert.Equal(article.Text.Length, DefaultEngine.Annotate(article, detail: Detail.Flags).Coverage.Characters);
    }

    private static double Seconds(Article article) => Math.Max(0.001, ThreadTime.Of(() => DefaultEngine.Annotate(article, detail: Detail.Flags)).TotalSeconds);

    private static Article Repeat(string unit, int length) => new() { Id = "hostile", Text = new StringBuilder(length).Insert(0, unit, length / unit.Length).ToString() };
}
