using Moderation.Annotation.Attribution;
using Moderation.Annotation.Text;
using Xunit;

namespace Moderation.Annotation.Tests.Attribution;

public sealed class AttributionLexiconTests
{
    [Theory]
    [InlineData("say\tcue-verb", "Line 1", "term, label and strength")]
    [InlineData("say\tcue-verb\t4\t-\t-", "strength of \"say\"", "1, 2 or 3")]
    [InlineData("# a comment\n\nsay\tcue-werb\t3\t-\t-", "Line 3", "\"cue-werb\"")]
    public void Parse_BadLine_NamesLineAndFault(string text, string where, string what)
    {
        var error = Assert.Throws<FormatException>(() => AttributionLexicon.Parse(new StringReader(text)));

        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("say", "says said saying")]
    [InlineData("deny", "denies denied denying")]
    [InlineData("admit", "admits admitted admitting")]
    [InlineData("slam", "slams slammed slamming")]
    [InlineData("agree", "agrees agreed agreeing")]
    [InlineData("write", "writes wrote written writing")]
    [InlineData("show", "shows showed shown showing")]
    [InlineData("tell", "tells told telling")]
    [InlineData("announce", "announces announced announcing")]
    [InlineData("stress", "stresses stressed stressing")]
    [InlineData("vow", "vows vowed vowing")]
    public void Parse_Verb_KnowsItsForms(string lemma, string forms)
    {
        var lexicon = AttributionLexicon.Parse(new StringReader($"{lemma}\tcue-verb\t3\t-\t-"));

        foreach (var form in forms.Split(' ').Append(lemma))
            Assert.True(lexicon.TagsOf(NormalForm.Hash(form)).Has(WordTags.Speech), form);
    }

    [Fact]
    public void Parse_TermWithGap_MatchesTheWordsBetween()
    {
        var lexicon = AttributionLexicon.Parse(new StringReader("people familiar with *\tsource-anonymous\t3\t-\t-\naccording to * familiar\tsource-anonymous\t3\t-\t-"));
        var tokens = Document.Read(DiscourseTests.Article("according to three people familiar with it")).Tokens;

        Assert.True(lexicon.TryGet(tokens[0].Hash, out var entry));
        Assert.Equal(5, lexicon.MatchPhrase(entry, tokens, 0, out _));
        Assert.True(lexicon.TryGet(tokens[3].Hash, out entry));
        Assert.Equal(4, lexicon.MatchPhrase(entry, tokens, 3, out _));
    }
}
