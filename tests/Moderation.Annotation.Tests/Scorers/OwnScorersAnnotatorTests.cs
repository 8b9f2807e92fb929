using Moderation.Annotation.Results;
using Moderation.Annotation.Scorers;

namespace Moderation.Annotation.Tests.Scorers;

public sealed class OwnScorersAnnotatorTests
{
    private const string Text = """
        Council meets on budget

        The council met on Monday and passed the budget.
        This trick will change the council for good.
        “This trick is a disgrace,” Maria Holt said.
        The council met on Monday and passed the budget.
        Sign up for our newsletter to read about this trick.
        """;

    private static readonly Article Piece = new() { Id = "article", Text = Text };

    [Fact]
    public void Annotate_SentencesOverTheThreshold_AreFlaggedWithTheScorersFamilyAndLabel()
    {
        var result = Annotate(new("trick", 0.9), "clickbait");

        var flag = Assert.Single(result.OwnFlags);
        Assert.Equal("This trick will change the council for good.", Text[flag.Span.Start..flag.Span.End]);
        Assert.Equal(("house-style", "clickbait", "mine", 0.9), (flag.Family, flag.Label, flag.Scorer, flag.Confidence));
        Assert.Contains("0.90", flag.Reason, StringComparison.Ordinal);
        Assert.Equal("scorer", Assert.Single(flag.Evidence).Kind);
    }

    [Fact]
    public void Annotate_OwnScorers_LeaveTheEnginesFlagsAndCountTheirs()
    {
        var alone = DefaultEngine.Annotate(Piece, detail: Detail.Flags);

        var result = Annotate(new("council", 0.8), "civic");

        Assert.Equal(alone.Annotations.Select(flag => flag.Id), result.Annotations.Select(flag => flag.Id));
        Assert.Null(result.Sentences);
        Assert.NotEmpty(result.OwnFlags);
        Assert.Equal(alone.Summary.Flags + result.OwnFlags.Count, result.Summary.Flags);
        Assert.NotEqual(Disposition.Clear, result.Summary.Disposition);
        Assert.Equal(result.OwnFlags.OrderBy(flag => flag.Span), result.OwnFlags);
    }

    [Fact]
    public void Annotate_SameSentenceTwice_HasTwoIdsThatAnEditElsewhereKeeps()
    {
        string[] Ids(string text) => [.. Engine(new("passed", 0.8), "civic").Annotate(Piece with { Text = text }, Detail.Flags, TestContext.Current.CancellationToken).OwnFlags.Select(flag => flag.Id)];

        var before = Ids(Text);

        Assert.Equal(2, before.Distinct().Count());
        Assert.Equal(before, Ids("It rained. " + Text));
    }

    [Fact]
    public void Engine_OtherScorer_HasAnotherFingerprint()
    {
        var prints = new[]
        {
            DefaultEngine.Annotator.Engine.Fingerprint,
            Engine(new("trick", 0.9), "clickbait").Engine.Fingerprint,
            Engine(new("trick", 0.9), "other").Engine.Fingerprint,
            Engine(new("trick", 0.9) { Sha256 = new string('b', 64) }, "clickbait").Engine.Fingerprint,
        };

        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(new string('a', 64), Assert.Single(Engine(new("trick", 0.9), "clickbait").Engine.Scorers).Sha256);
    }

    private static OwnScorersAnnotator Engine(WordScorer scorer, string label) => new(DefaultEngine.Annotator, [new OwnScorer(scorer, "mine", "house-style", label, 0.5)]);

    private static AnnotatedArticle Annotate(WordScorer scorer, string label) => Engine(scorer, label).Annotate(Piece, Detail.Flags, TestContext.Current.CancellationToken);

    /// <summary>Gives sentences with a word that score, and others a low one.</summary>
    private sealed class WordScorer(string word, double score) : ITextScorer
    {
        public string Sha256 { get; init; } = new('a', 64);

        public double[] Score(IReadOnlyList<string> sentences) => [.. sentences.Select(sentence => sentence.Contains(word, StringComparison.Ordinal) ? score : 0.1)];
    }
}
