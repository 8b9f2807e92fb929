using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Tests;

namespace Moderation.Annotation.Tests.Detection;

public sealed class SpanSelectorTests
{
    private static readonly WordLists Lists = DefaultEngine.Model.WordLists.Build();

    [Fact]
    public void SettleNested_WordsWithTheLabelOfTheJudgementAroundThem_AreItsChargedWording()
    {
        var flags = Settle(Label.OpinionAsFact, Label.OpinionAsFact);

        Assert.Equal([Label.OpinionAsFact, Label.EmotiveWording], flags.Select(flag => flag.Label));
    }

    [Fact]
    public void SettleNested_WordsWithTheLabelOfTheUnsourcedClaimAroundThem_AreNoFlag()
    {
        var flag = Assert.Single(Settle(Label.AnonymousSource, Label.AnonymousSource));

        Assert.Equal(SpanLayer.Statement, flag.Layer);
    }

    [Theory]
    [InlineData(Label.AnonymousSource, Label.NameCalling)]
    [InlineData(Label.OpinionAsFact, Label.NameCalling)]
    [InlineData(Label.OpinionAsFact, Label.AnonymousSource)]
    public void SettleNested_WordsWithALabelOfTheirOwn_KeepIt(Label outer, Label inner) => Assert.Equal([outer, inner], Settle(outer, inner).Select(flag => flag.Label));

    [Fact]
    public void SettleNested_WordsBesideTheStatement_AreLeft()
    {
        var flags = Settle(Label.AnonymousSource, Label.AnonymousSource, first: 7);

        Assert.Equal([Label.AnonymousSource, Label.AnonymousSource], flags.Select(flag => flag.Label));
    }

    [Theory]
    [InlineData(true, -1, Profile.DefaultSuggest, 0)]
    [InlineData(true, 0, Profile.DefaultSuggest, 1)]
    [InlineData(false, -1, Profile.DefaultSuggest, 1)]
    [InlineData(false, -1.5, Profile.DefaultSuggest, 0)]
    [InlineData(true, -1, 0.1, 1)]
    public void Select_StatementInASentenceThatShowsNoFault_FallsSoonestWhereThereIsNoContext(bool isShortText, double sentenceFault, double threshold, int flags)
    {
        var document = Document.Read(new Article { Id = "a", Text = "The council has once again let down the whole town." });
        using var analysis = Analysis.Of(document, Discourse.Analyse(document, Lists.Attribution), Lists);
        var statement = new SpanCandidate { Layer = SpanLayer.Statement, EndToken = 7, Probability = 0.6, Logit = 0.5, ShortText = isShortText, SentenceFault = sentenceFault };

        Assert.Equal(flags, SpanSelector.Select(analysis, [statement], threshold).Count);
    }

    private static List<SpanCandidate> Settle(Label outer, Label inner, int first = 2)
    {
        var document = Document.Read(new Article { Id = "a", Text = "The council has once again let down the whole town." });
        using var analysis = Analysis.Of(document, Discourse.Analyse(document, Lists.Attribution), Lists);
        List<SpanCandidate> flags =
        [
            new() { Layer = SpanLayer.Statement, FirstToken = 0, EndToken = 7, Label = outer },
            new() { Layer = SpanLayer.Wording, FirstToken = first, EndToken = first + 2, Label = inner, LoadedLabel = Label.EmotiveWording },
        ];

        SpanSelector.SettleNested(analysis, flags);

        return flags;
    }
}
