using Moderation.Annotation.Results;

namespace Moderation.Annotation.Tests.Results;

public sealed class LabelsTests
{
    [Fact]
    public void TryParse_EveryName_GivesItsLabel()
    {
        Assert.Equal(18, Labels.All.Count);
        Assert.All(Labels.All, label => Assert.True(Labels.TryParse(label.Name(), out var parsed) && parsed == label));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Name-Calling")]
    [InlineData("namecalling")]
    public void TryParse_OtherWord_GivesNone(string name) => Assert.False(Labels.TryParse(name, out _));

    [Theory]
    [InlineData(Label.GroupAppeal, Family.Editorializing)]
    [InlineData(Label.OpinionAsFact, Family.Editorializing)]
    [InlineData(Label.NameCalling, Family.LoadedLanguage)]
    [InlineData(Label.SloganRepetition, Family.LoadedLanguage)]
    [InlineData(Label.NoAttribution, Family.UnsourcedClaim)]
    [InlineData(Label.PredictionAsFact, Family.UnsourcedClaim)]
    public void Family_OfALabel_IsThatOfTheGuidelines(Label label, Family family) => Assert.Equal(family, label.Family());

    [Theory]
    [InlineData("opinion", true)]
    [InlineData("Opinion column", true)]
    [InlineData("EDITORIAL", true)]
    [InlineData("review", true)]
    [InlineData("news", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsOpinion_Genre_IsWhatThePieceSaysOfItself(string? genre, bool expected) => Assert.Equal(expected, Genres.IsOpinion(genre));

    [Fact]
    public void Of_EveryLabel_HasAReasonThatQuotesTheWords() =>
        Assert.All(Labels.All, label => Assert.StartsWith("“the words”", Reasons.Of(label, "the words", null), StringComparison.Ordinal));

    [Fact]
    public void Of_LongQuote_IsCutAtAWord()
    {
        var reason = Reasons.Of(Label.NoAttribution, string.Join(' ', Enumerable.Repeat("statement", 40)), null);

        Assert.Contains("statement …”", reason, StringComparison.Ordinal);
        Assert.InRange(reason.Length, 20, 150);
    }

    [Fact]
    public void Of_NeutralWording_IsOffered() => Assert.Contains("“criticised” would be neutral", Reasons.Of(Label.EmotiveWording, "slammed", "criticised"), StringComparison.Ordinal);
}
