using System.Text.RegularExpressions;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests;

/// <summary>A speaker's words are never held against the writer. Quotations are found here by their marks and "said" alone, not by the engine's own reading.</summary>
public sealed partial class AnnotatorVoiceTests
{
    [Fact]
    public void Annotate_PlainlyAttributedQuotes_AreNeverTheAuthors()
    {
        var quotes = 0;
        foreach (var result in DefaultEngine.Results)
        {
            foreach (var quote in PlainQuotes(result.Article.Text))
            {
                quotes++;
                foreach (var flag in result.Annotations.Where(flag => flag.Speaker is null && flag.Span.Overlaps(quote)))
                    Assert.True(IsInsertion(result.Article.Text, flag.Span), $"{DefaultEngine.Show(result, flag)} is flagged as the author's in the quotation “{quote.Of(result.Article.Text)}”.");
            }
        }

        Assert.True(quotes > 60, $"Only {quotes} plainly attributed quotations in all validation articles: nothing was checked.");
    }

    [Fact]
    public void Annotate_QuotationsThatTheEngineFound_AreNotCrossedByAuthorsFlags()
    {
        var zones = 0;
        foreach (var result in DefaultEngine.Results)
        {
            foreach (var zone in result.Zones.Where(zone => zone.Kind == ZoneKind.Quote && zone.Balanced))
            {
                zones++;
                foreach (var flag in result.Annotations.Where(flag => flag.Speaker is null && flag.Span.Overlaps(zone.Span)))
                    Assert.True(IsInsertion(result.Article.Text, flag.Span), $"{DefaultEngine.Show(result, flag)} runs into the quotation {zone.Span}.");
            }
        }

        Assert.True(zones > 100, $"Only {zones} quotations.");
    }

    [Theory]
    [InlineData("“They are {0},” opposition leader Maria Holt said.")]
    [InlineData("\"They are {0},\" opposition leader Maria Holt said.")]
    [InlineData("Maria Holt said: “They are {0}.”")]
    [InlineData("“They are {0},” said Maria Holt, who leads the opposition.")]
    [InlineData("Holt told reporters that “they are {0}” and left.")]
    [InlineData("Maria Holt called them “{0}” on Monday.")]
    [InlineData("“It was late,” Holt said. “They are {0}. They must go.”")]
    [InlineData("“They are {0}, and worse,” the mayor’s spokesman said on Tuesday.")]
    [InlineData("‘They are {0},’ Maria Holt said.")]
    [InlineData("«They are {0}», Maria Holt said.")]
    [InlineData("Maria Holt said they were {0}.")]
    [InlineData("According to Maria Holt, they are {0}.")]
    public void Annotate_ChargedWordsOfASpeaker_AreNotFlagged(string pattern)
    {
        foreach (var words in (string[])["shameless liars and thieves", "a disgusting, corrupt gang of thugs", "pathetic, bungling fools"])
        {
            var sentence = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, words);
            var text = $"Council debates audit\nThe council met on Monday to debate the audit.\n{sentence}\nThe council will meet again on Friday at the town hall.";
            var result = DefaultEngine.Annotate(text);
            var start = text.IndexOf(words, StringComparison.Ordinal);

            Assert.DoesNotContain(result.Annotations, flag => flag.Speaker is null && flag.Span.Overlaps(new TextSpan(start, start + words.Length)));
        }
    }

    [Fact]
    public void Annotate_AllVoices_FlagsASpeakersWordsAsTheirs()
    {
        const string Text = "Council debates audit\nThe council met on Monday to debate the audit.\n“They are shameless liars and disgusting, corrupt thugs,” opposition leader Maria Holt said.\nThe council will meet again on Friday at the town hall.";
        var quote = new TextSpan(Text.IndexOf('“', StringComparison.Ordinal), Text.IndexOf('”', StringComparison.Ordinal));

        var all = DefaultEngine.Annotate(new Article { Id = "test", Text = Text }, DefaultEngine.With(Profile.Default, allVoices: true));

        Assert.DoesNotContain(DefaultEngine.Annotate(Text).Annotations, flag => flag.Span.Overlaps(quote));
        Assert.Contains(all.Annotations, flag => flag.Span.Overlaps(quote));
        Assert.All(all.Annotations.Where(flag => flag.Span.Overlaps(quote)), flag => Assert.NotNull(flag.Speaker));
    }

    /// <summary>The inside of quotations of four words or more that "said" follows or precedes within the line.</summary>
    private static IEnumerable<TextSpan> PlainQuotes(string text)
    {
        foreach (Match match in SpeechBefore().Matches(text).Concat(SpeechAfter().Matches(text)))
        {
            var group = match.Groups["speech"];
            if (group.ValueSpan.Count(' ') >= 3)
                yield return new TextSpan(group.Index, group.Index + group.Length);
        }
    }

    /// <summary>The writer's own words in brackets within a quotation.</summary>
    private static bool IsInsertion(string text, TextSpan span)
    {
        var open = text.LastIndexOfAny(['[', '('], span.Start);
        var close = open < 0 ? -1 : text.IndexOfAny([']', ')'], open);
        return close >= span.End - 1;
    }

    [GeneratedRegex("""(?:“(?<speech>[^“”"\n]+),”|"(?<speech>[^“”"\n]+),"|“(?<speech>[^“”"\n]+)”,|"(?<speech>[^“”"\n]+)",) (?:said|(?:(?:[A-Z]\w+|Mr\.?|Ms\.?|Dr\.?|he|she|they|(?:the|its|his|her|a) \w+) ){1,3}(?:said|told|added))\b""", RegexOptions.NonBacktracking)]
    private static partial Regex SpeechBefore();

    [GeneratedRegex("""(?:said|added|says|wrote)(?:,|:| that)? (?:“(?<speech>[^“”"\n]+)”|"(?<speech>[^“”"\n]+)")""", RegexOptions.NonBacktracking)]
    private static partial Regex SpeechAfter();
}
