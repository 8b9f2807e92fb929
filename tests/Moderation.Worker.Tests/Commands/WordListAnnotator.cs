using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Worker.Tests.Commands;

/// <summary>An engine that flags a few known words outside quotation marks: enough to see what the commands do with flags.</summary>
internal sealed class WordListAnnotator : IAnnotator
{
    private static readonly (string Words, Label Label, string? Suggestion, string Reason)[] Entries =
    [
        ("slammed", Label.EmotiveWording, "criticised", "“Slammed” is a charged word where a plain one says the same."),
        ("bungling", Label.NameCalling, null, "“Bungling” calls the council a name in the outlet's own voice."),
        ("The bungling council has lost the trust of every resident.", Label.OpinionAsFact, null, "The sentence gives a verdict on the council as if it were a fact, and the nearest attribution, “the city audit office said”, ends a sentence before."),
        ("Clearly", Label.Signposting, null, "“Clearly” tells the reader what to conclude."),
        ("Experts agree", Label.VagueAttribution, null, "No expert is named, so nobody can check who agrees."),
    ];

    public EngineDescription Engine { get; } = new("0.1.0", new ModelDescription("word-list", "1", new string('0', 64)), "news", new Dictionary<string, double> { ["suggest"] = 0.5 }, "feedfacecafebeef");

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default)
    {
        if (article.Text.Contains("BREAK THE ENGINE", StringComparison.Ordinal))
            throw new InvalidOperationException("the engine broke");
        var annotations = Find(article.Text).OrderBy(static annotation => annotation.Span).ToArray();
        return new AnnotatedArticle
        {
            Article = article,
            Engine = Engine,
            Summary = new Summary(
                article.Text.Split(' ').Length,
                annotations.Length,
                1000.0 * annotations.Length / article.Text.Split(' ').Length,
                annotations.GroupBy(static annotation => annotation.Label.Family()).ToDictionary(static group => group.Key, static group => group.Count()),
                new ArticleScores(0.72, 0.31, 0.55, 0.12, 0.64),
                annotations.Length == 0 ? Disposition.Clear : Disposition.Review),
            Zones = Zones(article).ToArray(),
            Attributions = [],
            Annotations = annotations,
            Sentences = detail == Detail.Sentences ? [new SentenceScores(new TextSpan(0, article.Text.Length), 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)] : null,
            Coverage = new Coverage(article.Text.Length, article.Text.Length * 4 / 5, "news", []),
        };
    }

    private static IEnumerable<Annotation.Results.Annotation> Find(string text)
    {
        foreach (var (words, label, suggestion, reason) in Entries)
        {
            for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
            {
                yield return new Annotation.Results.Annotation
                {
                    Id = $"urn:test:{label.Name()}:{at}",
                    Label = label,
                    Span = new TextSpan(at, at + words.Length),
                    Confidence = 0.86,
                    Tier = Tier.Confirm,
                    Severity = Severity.Minor,
                    Evidence = [new Evidence("lexicon", words, 2.5), new Evidence("bias", "intercept", -1)],
                    Reason = reason,
                    Suggestion = suggestion,
                };
            }
        }
    }

    private static IEnumerable<Zone> Zones(Article article)
    {
        foreach (var hint in article.Hints)
            yield return new Zone(hint.Kind, hint.Span);
        var open = article.Text.IndexOf('“', StringComparison.Ordinal);
        var close = article.Text.IndexOf('”', StringComparison.Ordinal);
        if (open >= 0 && close > open)
            yield return new Zone(ZoneKind.Quote, new TextSpan(open, close + 1));
    }
}
