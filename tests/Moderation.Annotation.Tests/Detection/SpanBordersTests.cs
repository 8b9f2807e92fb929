using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests.Detection;

public sealed class SpanBordersTests
{
    private static readonly WordLists Lists = DefaultEngine.Model.WordLists.Build();

    [Theory]
    [InlineData("It was a shameful", "shameful")]
    [InlineData("The reply is cowardly", "cowardly")]
    [InlineData("That is an affront to them", "an affront to them")]
    [InlineData("who are heartbroken at the betrayal", "heartbroken at the betrayal")]
    public void AfterSubject_SubjectAndItsVerbBeforeTheCharge_AreLeftOut(string words, string expected) => Assert.Equal(expected, AfterSubject(words));

    [Theory]
    [InlineData("a shameful decision")]
    [InlineData("The coward is late")]
    [InlineData("Is shameful")]
    [InlineData("The decision is")]
    [InlineData("Analysts are unanimous")]
    [InlineData("the vote is in")]
    public void AfterSubject_NoVerbOrAChargedSubjectOrNothingAfterIt_IsLeftWhole(string words) => Assert.Equal(words, AfterSubject(words));

    private static string AfterSubject(string words)
    {
        var document = Document.Read(new Article { Id = "a", Text = words });
        using var analysis = Analysis.Of(document, Discourse.Analyse(document, Lists.Attribution), Lists);

        var first = SpanBorders.AfterSubject(analysis, 0, document.Tokens.Length);

        return words[document.Tokens[first].Start..];
    }
}
