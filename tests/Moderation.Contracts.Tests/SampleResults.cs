using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Tests;

/// <summary>Annotated articles as an engine would give them, made by naming the flagged words.</summary>
internal static class SampleResults
{
    public static EngineDescription Engine { get; } = new(
        "0.1.0",
        new ModelDescription("default", "1", new string('a', 64)),
        "news",
        new Dictionary<string, double> { ["unsourced-claim"] = 0.7, ["loaded-language"] = 0.6 },
        "0123456789abcdef");

    public static AnnotatedArticle Of(string text, params (string Words, Label Label)[] flags) => Of(new Article { Id = "article-1", Text = text }, flags);

    public static AnnotatedArticle Of(Article article, params (string Words, Label Label)[] flags)
    {
        var annotations = flags
            .Select((flag, index) => Flag(SpanOf(article.Text, flag.Words), flag.Label, $"flag-{index}"))
            .OrderBy(static annotation => annotation.Span)
            .ToArray();
        return new AnnotatedArticle
        {
            Article = article,
            Engine = Engine,
            Summary = new Summary(
                article.Text.Split(' ').Length,
                annotations.Length,
                12.345,
                annotations.GroupBy(static annotation => annotation.Label.Family()).ToDictionary(static group => group.Key, static group => group.Count()),
                new ArticleScores(0.9, 0.4, 0.25, 0.125, 0.75),
                Disposition.Review),
            Zones = [],
            Attributions = [],
            Annotations = annotations,
            Coverage = new Coverage(article.Text.Length, article.Text.Length, "news", []),
        };
    }

    /// <summary>A result with something in every part of the contract.</summary>
    public static AnnotatedArticle Full()
    {
        const string Text = "Mayor slams audit 🙂\n\nThe bungling council overspent. “They are liars,” Maria Holt said.\nSign up for our newsletter";
        var article = new Article
        {
            Id = "council-1",
            Text = Text,
            Version = "3",
            Uri = "https://example.org/council-1",
            Outlet = "The Example",
            Language = "en",
            Genre = "news",
            Headline = "Mayor slams audit",
            Byline = "By Staff",
            PublishedAt = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)),
        };
        var result = Of(article, ("slams", Label.EmotiveWording), ("The bungling council overspent.", Label.NoAttribution), ("bungling", Label.NameCalling), ("liars", Label.NameCalling));
        var quote = SpanOf(Text, "“They are liars,”");
        var speaker = SpanOf(Text, "Maria Holt");
        var cue = SpanOf(Text, "said");
        return result with
        {
            Annotations = [.. result.Annotations.Select(static (annotation, index) => index switch
            {
                0 => annotation with { Suggestion = "criticises", Tier = Tier.Confirm, Severity = Severity.Major },
                3 => annotation with { Speaker = "Maria Holt" },
                _ => annotation,
            })],
            Zones = [new Zone(ZoneKind.Headline, new TextSpan(0, 20)), new Zone(ZoneKind.Quote, quote, speaker, cue), new Zone(ZoneKind.Promo, SpanOf(Text, "Sign up for our newsletter"))],
            Attributions = [new AttributionRelation(SourceKind.Named, speaker, cue, [quote]), new AttributionRelation(SourceKind.None, null, null, [SpanOf(Text, "overspent")])],
            Sentences = [new SentenceScores(SpanOf(Text, "The bungling council overspent."), 0.8, 0.7, 0.1, 0, 0.6, 0.3)],
            Coverage = new Coverage(Text.Length, 60, "news", [new Skipped(SpanOf(Text, "Sign up for our newsletter"), "zone", "promo")]),
        };
    }

    /// <summary>A flag of a newsroom's own scorer between two of the engine's.</summary>
    public static AnnotatedArticle WithOwnFlags()
    {
        var result = Of("Mayor slams audit. You will not believe why. The bungling council met.", ("slams", Label.EmotiveWording), ("bungling", Label.NameCalling));
        return result with
        {
            Engine = Engine with { Scorers = [new ScorerDescription("mine", new string('b', 64), "house-style", "clickbait", 0.5)] },
            Summary = result.Summary with { Flags = 3 },
            OwnFlags =
            [
                new OwnFlag
                {
                    Id = "own-0",
                    Family = "house-style",
                    Label = "clickbait",
                    Scorer = "mine",
                    Span = SpanOf(result.Article.Text, "You will not believe why."),
                    Confidence = 0.75,
                    Severity = Severity.Minor,
                    Evidence = [new Evidence("scorer", "mine", 1.1)],
                    Reason = "The scorer “mine” gives this sentence 0.75; it flags from 0.50.",
                },
            ],
        };
    }

    public static Annotation.Results.Annotation Flag(TextSpan span, Label label, string id) => new()
    {
        Id = id,
        Label = label,
        Span = span,
        Confidence = 0.8,
        Tier = Tier.Suggest,
        Severity = Severity.Minor,
        Evidence = [new Evidence("bias", "intercept", -1.5), new Evidence("lexicon", "slam", 2.25)],
        Reason = "A plainer word says the same.",
    };

    public static TextSpan SpanOf(string text, string words)
    {
        var start = text.IndexOf(words, StringComparison.Ordinal);
        Assert.True(start >= 0, $"the sample text has no \"{words}\"");
        return new TextSpan(start, start + words.Length);
    }
}
