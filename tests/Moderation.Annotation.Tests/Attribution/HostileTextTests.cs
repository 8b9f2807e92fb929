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

    /// <summary>Ends of texts at which a rule that looks ahead looks furthest.</summary>
    public static TheoryData<string> Ends() =>
    [
        "plan, he said, really as", "he said", "she went on", "in her view", "by his own", "to hear him tell", "To her", "accused him of", "accused of", "calls", "called by", "what he calls", "as she put it",
        "was how she put it", "the claim that", "a suggestion by him that", "said; and", "said, and", "said, then", "had", "would", "by", "derided by a", "of “a", "as “a", "termed “a”", "Picture:", "READ MORE:", "email our", "is the",
        "labelled a fool by", "the way he sees it", "because", "he said:", "he said (", "“a” he", "according to", "the charge is that", "did not", "I", "And I",
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public void Analyse_TextOfAnyLengthThatEndsInTheMiddle_IsRead(string end)
    {
        for (var words = 0; words < 140; words++)
        {
            foreach (var word in (string[])["red ", "To ", "Reed, "])
            {
                var document = Document.Read(DiscourseTests.Article(Repeat(word, words * word.Length) + end));
                using var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);

                Assert.Equal(document.Tokens.Length, discourse.TokenVoice.Length);
            }
        }
    }

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
