using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Tests;

namespace Moderation.Annotation.Tests.Detection;

public sealed class StagesTests
{
    private const string Sentence = "The council has once again let down the town.";

    private static readonly WordLists Lists = DefaultEngine.Model.WordLists.Build();

    /// <summary>What is charged with loaded language in a long statement are its words; the statement takes such a label only by a lead of two logits.</summary>
    [Theory]
    [InlineData(SpanLayer.Statement, 9, 1.9f, Label.OpinionAsFact)]
    [InlineData(SpanLayer.Statement, 9, 2.1f, Label.EmotiveWording)]
    [InlineData(SpanLayer.Statement, 5, 0.1f, Label.EmotiveWording)]
    [InlineData(SpanLayer.Wording, 9, 0.1f, Label.EmotiveWording)]
    [InlineData(SpanLayer.Wording, 9, -0.1f, Label.OpinionAsFact)]
    public void Name_LoadedLanguageLeadsBySo_GivesTheLabel(SpanLayer layer, int tokens, float lead, Label expected)
    {
        var document = Document.Read(new Article { Id = "a", Text = Sentence });
        using var analysis = Analysis.Of(document, Discourse.Analyse(document, Lists.Attribution), Lists);
        var candidate = new SpanCandidate { Layer = layer, EndToken = tokens };
        var biases = Labels.All.Select(label => label == Label.EmotiveWording ? lead : label == Label.OpinionAsFact ? 0 : -9f).ToArray();

        Stages.Name(analysis, [candidate], WeightTable.FromRows(64, Labels.Count, [], []), biases);

        Assert.Equal(expected, candidate.Label);
        Assert.Equal(Label.EmotiveWording, candidate.LoadedLabel);
    }
}
