using System.Diagnostics;
using System.Text;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>Doubling a hostile text at most doubles the work: time, but for the noise of a busy machine.</summary>
public sealed class HostileTextTests
{
    private const int Length = 100_000;

    public static TheoryData<string> Patterns() =>
    [
        "“", "”", "\"", "'", "''", "‘", "’", "«", "\" a", "“a ", "a” ", "“ ” ‘ ", "\"'", "( ", ") ", "[", "(@", "— (@a) ", "he said, “a. ", "said ", "who said ", "that ", ", said X", "and said ",
        "X, ", "X, the Y, ", "according to ", "CAPITALS ", "in the ", "the view of ", "A: ", ". ", ".\" ", "! ", "“A.\n", "\n", "a\n\n", "Comment: ", "wants to want to ", "'s ", "â€œ ", "officers’ ‘", "of ", ",",
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Analyse_TextTwiceAsLong_TakesAtMostTwiceAsLong(string pattern)
    {
        var shorter = Document.Read(DiscourseTests.Article(Repeat(pattern, Length)));
        var longer = Document.Read(DiscourseTests.Article(Repeat(pattern, 2 * Length)));
        Time(shorter);

        // A quadratic step would take four times as long; the least of some runs keeps other programs' time out.
        var ratio = double.MaxValue;
        for (var attempt = 0; attempt < 6 && ratio > 2.6; attempt++)
            ratio = Math.Min(ratio, Time(longer) / Math.Max(Time(shorter), 1e-3));
        Assert.True(ratio <= 2.6, $"Twice the text took {ratio:F1} times as long.");
    }

    private static double Time(Document document)
    {
        var watch = Stopwatch.StartNew();
        Discourse.Analyse(document, AttributionFiles.Lexicon);
        return watch.Elapsed.TotalSeconds;
    }

    private static string Repeat(string pattern, int length)
    {
        var text = new StringBuilder(length + pattern.Length);
        while (text.Length < length)
            text.Append(pattern);
        return text.ToString();
    }
}
