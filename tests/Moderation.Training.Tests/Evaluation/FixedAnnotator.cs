using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Training.Tests.Evaluation;

/// <summary>An engine that flags given words wherever they stand, with a label and a confidence that the test chose; every line is a sentence.</summary>
internal sealed class FixedAnnotator(params (string Words, Label Label, double Confidence)[] flags) : IAnnotator
{
    public EngineDescription Engine { get; } =
        new("1.0.0", new ModelDescription("fixed", "1", new string('0', 64)), "news", new Dictionary<string, double> { ["suggest"] = 0.3, ["confirm"] = 0.7 }, "feedfacecafebeef");

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default)
    {
        var annotations = flags.SelectMany(flag => SpansOf(article.Text, flag.Words).Select(span => new Annotation.Results.Annotation
        {
            Id = $"{flag.Words}:{span.Start}",
            Label = flag.Label,
            Span = span,
            Confidence = flag.Confidence,
            Tier = flag.Confidence >= 0.7 ? Tier.Confirm : Tier.Suggest,
            Severity = Severity.Minor,
            Evidence = [new Evidence("lexicon", flag.Words, 1.5)],
            Reason = "r",
        })).OrderBy(annotation => annotation.Span).ToList();
        return new AnnotatedArticle
        {
            Article = article,
            Engine = Engine,
            Summary = new Summary(article.Text.Split(' ').Length, annotations.Count, 0, new Dictionary<Family, int>(), default, Disposition.Review),
            Zones = [],
            Attributions = [],
            Annotations = annotations,
            Sentences = [.. article.Text.Split('\n').Distinct().SelectMany(line => SpansOf(article.Text, line)).Order().Select(span => new SentenceScores(span, span.Length / 100.0, 0, 0, 0, 0, 0))],
            Coverage = new Coverage(article.Text.Length, article.Text.Length, "news", []),
        };
    }

    private static IEnumerable<TextSpan> SpansOf(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
            yield return new TextSpan(at, at + words.Length);
    }
}
