using System.Text;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Attribution;

public sealed class DiscourseTests
{
    /// <summary>Texts that broke readers before: marks without partners, nothing but marks, no words, endless lines.</summary>
    public static TheoryData<string> Odd() =>
    [
        "", " ", "\n\n", "\"", "”", "“", "''", "(", "[", ":", "said", "“said", "said”", "according to", "According to", ", said", "he said, ", "\"\"\"\"", "“”“”", "‘’", "X:", ": X",
        "he’s said “", "\uD83C\uDDFA", "\uD83C", "said said said said.", "who said who said who said", "â€", "â€œ", "don’t â€™", "’s", "— (@a)", "(AP)", "[Editor's note:", "Comment:",
        "“A” “B” “C” said", "said: ", "told", "told, “", "as", "in the words of", "A,,,,B, said", "\u200B\u200B", "the the the", "not say",
    ];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Analyse_OddText_KeepsItsInvariants(string text) => AssertInvariants(Article(text));

    [Fact]
    public void Analyse_EveryCutOfAFixture_KeepsItsInvariants()
    {
        const string text = "OLDPORT (AP) — “We will rebuild it,” Mayor Ada Holt, 61, told reporters on Monday. ‘The officers’ union isn’t pleased,’ she said, adding: \"No.\" CLICK HERE TO GET THE APPAnd (sic) more.";
        for (var length = 0; length <= text.Length; length++)
            AssertInvariants(Article(text[..length]));
        for (var start = 0; start < text.Length; start++)
            AssertInvariants(Article(text[start..]));
    }

    [Fact]
    public void Analyse_SameText_GivesTheSame()
    {
        var article = Article("“We will rebuild it,” the mayor said. According to the ministry, prices rose. He wants to leave.");
        var first = Discourse.Analyse(Document.Read(article), AttributionFiles.Lexicon);
        var second = Discourse.Analyse(Document.Read(article), AttributionFiles.Lexicon);

        Assert.Equal(first.Zones, second.Zones);
        Assert.Equal(first.TokenVoice, second.TokenVoice);
        Assert.Equal(first.Attributions.Select(a => (a.Kind, a.Source, a.Cue)), second.Attributions.Select(a => (a.Kind, a.Source, a.Cue)));
    }

    [Fact]
    public void Analyse_HintFromMarkup_BecomesAZone()
    {
        const string text = "The bridge is closed. Ada Holt waves. The road is open.";
        var caption = new TextSpan(text.IndexOf("Ada", StringComparison.Ordinal), text.IndexOf(" The road", StringComparison.Ordinal));
        var article = Article(text) with { Hints = [new StructureHint(ZoneKind.Caption, caption)] };
        var document = Document.Read(article);
        var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);

        Assert.Equal([new Zone(ZoneKind.Caption, caption)], discourse.Zones);
        Assert.Equal(Voice.Furniture, discourse.TokenVoice[document.TokenAt(caption.Start)]);
        Assert.Equal(Voice.Author, discourse.TokenVoice[0]);
    }

    [Theory]
    [InlineData("The river rose by a metre.", "names no source")]
    [InlineData("Holt said the bridge was safe. The river rose by a metre.", "ends with the sentence before")]
    [InlineData("Holt said the bridge was safe. But the river rose by a metre.", "turns away from “Holt” with “But”")]
    [InlineData("Holt said the bridge was safe.\nThe river rose by a metre.", "earlier paragraph")]
    [InlineData("The river rose by a metre. Holt said the bridge was safe.", "only in the next sentence")]
    public void NearestAttribution_SentenceWithoutOne_SaysWhyNoneReaches(string text, string reason)
    {
        var document = Document.Read(Article(text));
        var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);
        var river = Array.FindIndex(document.Sentences, s => s.Span.Of(text).Contains("river", StringComparison.Ordinal));
        var nearest = discourse.NearestAttribution(river);

        Assert.False(nearest.Covers);
        Assert.Contains(reason, nearest.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AttributedShare_Sentences_RiseWithWhatIsSomebodyElses()
    {
        var document = Document.Read(Article("The river rose by a metre. Holt said the bridge was safe. “We will rebuild the bridge this year,” Holt said."));
        var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);

        Assert.Equal(0, discourse.AttributedShare(0));
        Assert.InRange(discourse.AttributedShare(1), 0.4, 0.6);
        Assert.InRange(discourse.AttributedShare(2), 0.8, 1);
    }

    internal static Article Article(string text) => new() { Id = "test", Text = text };

    private static void AssertInvariants(Article article)
    {
        var document = Document.Read(article);
        var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);
        Assert.Equal(document.Tokens.Length, discourse.TokenVoice.Length);
        var spans = discourse.Zones.Select(z => z.Span)
            .Concat(discourse.Zones.SelectMany(z => new[] { z.Speaker, z.Cue }.OfType<TextSpan>()))
            .Concat(discourse.Attributions.SelectMany(a => a.Content))
            .Concat(discourse.Attributions.SelectMany(a => new[] { a.Source, a.Cue }.OfType<TextSpan>()));
        Assert.All(spans, s => Assert.True(s.Start >= 0 && s.Start < s.End && s.End <= article.Text.Length, $"{s} in \"{article.Text}\""));
        for (var i = 0; i < document.Tokens.Length; i++)
            Assert.InRange(discourse.AttributionOf(i), -1, discourse.Attributions.Length - 1);
        for (var s = 0; s < document.Sentences.Length; s++)
        {
            Assert.InRange(discourse.AttributedShare(s), 0, 1);
            Assert.NotEmpty(discourse.NearestAttribution(s).Reason);
        }
    }
}
