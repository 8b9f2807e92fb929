using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Scorers;

/// <summary>
/// An engine with a newsroom's own scorers beside it: they judge the sentences that are the author's own words, and what they flag is added to the
/// engine's flags, which stay as they are.
/// </summary>
public sealed class OwnScorersAnnotator : IAnnotator
{
    /// <summary>Share of a sentence that may be other people's words before it counts as theirs.</summary>
    private const double MostlyOthers = 0.5;

    private readonly IAnnotator _engine;
    private readonly IReadOnlyList<OwnScorer> _scorers;

    public OwnScorersAnnotator(IAnnotator engine, IReadOnlyList<OwnScorer> scorers)
    {
        _engine = engine;
        _scorers = scorers;
        Engine = engine.Engine with
        {
            Scorers = [.. scorers.Select(own => new ScorerDescription(own.Name, own.Scorer.Sha256, own.Family, own.Label, own.Threshold))],
            Fingerprint = Fingerprint(engine.Engine.Fingerprint, scorers),
        };
    }

    /// <inheritdoc/>
    public EngineDescription Engine { get; }

    /// <inheritdoc/>
    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default)
    {
        var result = _engine.Annotate(article, Detail.Sentences, cancellation);
        var spans = AuthorsSentences(result);
        string[] sentences = [.. spans.Select(span => article.Text[span.Start..span.End])];
        var flags = new List<OwnFlag>();
        foreach (var own in _scorers)
        {
            cancellation.ThrowIfCancellationRequested();
            if (sentences.Length > 0)
                AddFlags(article, own, spans, sentences, flags);
        }

        flags.Sort(static (a, b) => a.Span.CompareTo(b.Span));
        var summary = result.Summary;
        var count = summary.Flags + flags.Count;
        return result with
        {
            Engine = Engine,
            OwnFlags = flags,
            Summary = summary with
            {
                Flags = count,
                FlagsPer1000Words = summary.Words == 0 ? 0 : 1000.0 * count / summary.Words,
                Disposition = flags.Count > 0 && summary.Disposition == Disposition.Clear ? Disposition.Review : summary.Disposition,
            },
            Sentences = detail == Detail.Sentences ? result.Sentences : null,
        };
    }

    private static List<TextSpan> AuthorsSentences(AnnotatedArticle result)
    {
        var furniture = result.Zones
            .Where(zone => zone.Kind is ZoneKind.Caption or ZoneKind.Promo or ZoneKind.Byline or ZoneKind.Boilerplate or ZoneKind.Metadata)
            .Select(zone => zone.Span)
            .ToList();
        return
        [
            .. result.Sentences!
                .Where(sentence => sentence.Attributed < MostlyOthers && !sentence.Span.IsEmpty && !furniture.Any(zone => zone.Overlaps(sentence.Span)))
                .Select(sentence => sentence.Span),
        ];
    }

    private static void AddFlags(Article article, OwnScorer own, List<TextSpan> spans, string[] sentences, List<OwnFlag> flags)
    {
        var occurrences = new Dictionary<string, int>();
        var probabilities = own.Scorer.Score(sentences);
        for (var s = 0; s < sentences.Length; s++)
        {
            // Counted whether flagged or not: the id of a flag must not hang on the scores of other sentences.
            var key = AnnotationId.Normalise(sentences[s]);
            var occurrence = occurrences[key] = occurrences.GetValueOrDefault(key) + 1;
            if (probabilities[s] < own.Threshold)
                continue;
            flags.Add(new OwnFlag
            {
                Id = AnnotationId.Of(article.Id, $"{own.Family}/{own.Label}", sentences[s], occurrence),
                Family = own.Family,
                Label = own.Label,
                Scorer = own.Name,
                Span = spans[s],
                Confidence = probabilities[s],
                Severity = own.Severity,
                Evidence = [new Evidence("scorer", own.Name, Logistic.Logit(probabilities[s]))],
                Reason = string.Create(CultureInfo.InvariantCulture, $"The scorer “{own.Name}” gives this sentence {probabilities[s]:F2}; it flags from {own.Threshold:F2}."),
            });
        }
    }

    private static string Fingerprint(string engine, IReadOnlyList<OwnScorer> scorers)
    {
        var all = new StringBuilder(engine);
        foreach (var own in scorers)
            all.Append(CultureInfo.InvariantCulture, $"|{own.Name}|{own.Scorer.Sha256}|{own.Family}|{own.Label}|{own.Threshold:R}|{own.Severity}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())).AsSpan(0, 8));
    }
}
