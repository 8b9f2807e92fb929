using System.Buffers;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// The stages of detection, in order: sentences on their own, the span tagger, sentences in context, the article, the proposed spans. Training
/// runs the same stages, each with models that have not seen the article at hand, so that what it learns from is what detection will see.
/// </summary>
public static class Stages
{
    /// <summary>Least probability with which a span must begin to be weighed at all.</summary>
    public const double ProposalThreshold = 0.04;

    /// <summary>By how much, in logits, a loaded-language label must lead all others to be that of a long statement.</summary>
    private const float LoadedStatementLead = 2;

    /// <summary>Second pass: every sentence again, with its neighbours and its article in view.</summary>
    public static void Contextualise(Analysis analysis, List<SentenceReading> readings, in SentenceContext.ArticleFacts facts, CalibratedModel[] models)
    {
        Span<float> values = stackalloc float[SentenceContext.Count];
        for (var k = 0; k < readings.Count; k++)
        {
            SentenceContext.Read(analysis, readings, k, facts, values);
            for (var t = 0; t < models.Length; t++)
                readings[k].ContextLogits[t] = models[t].Model.Logit(values);
        }
    }

    /// <summary>The spans that the tagger proposed, cut back to the words of one voice, with their features.</summary>
    public static List<SpanCandidate> Candidates(Analysis analysis, List<SentenceReading> readings, in SentenceContext.ArticleFacts facts)
    {
        var candidates = new List<SpanCandidate>();
        foreach (var (reading, layer, span) in Proposed(readings))
        {
            var candidate = new SpanCandidate { Values = new float[SpanFeatures.Count] };
            if (!Cut(analysis, readings, reading, layer, span, candidate))
                continue;
            SpanFeatures.Read(analysis, readings, facts, candidate, candidate.Values);
            candidates.Add(candidate);
        }

        return candidates;
    }

    /// <summary>Weighs the proposed spans and keeps those that are likely enough to be flags.</summary>
    /// <param name="models">By <see cref="SpanLayer"/>.</param>
    /// <param name="threshold">The least probability of a flag, 0..1.</param>
    public static List<SpanCandidate> Likely(Analysis analysis, List<SentenceReading> readings, in SentenceContext.ArticleFacts facts, CalibratedModel[] models, double threshold)
    {
        var likely = new List<SpanCandidate>();
        Span<float> values = stackalloc float[SpanFeatures.Count];
        var candidate = new SpanCandidate();
        foreach (var (reading, layer, span) in Proposed(readings))
        {
            if (!Cut(analysis, readings, reading, layer, span, candidate))
                continue;
            SpanFeatures.Read(analysis, readings, facts, candidate, values);
            var model = models[(int)layer];
            candidate.Logit = model.Model.Logit(values);
            candidate.Probability = model.Calibration.Probability(candidate.Logit);
            if (candidate.Probability < threshold)
                continue;
            likely.Add(candidate);
            candidate = new SpanCandidate();
        }

        return likely;
    }

    private static IEnumerable<(int Reading, SpanLayer Layer, ChainSpan Span)> Proposed(List<SentenceReading> readings)
    {
        for (var k = 0; k < readings.Count; k++)
        {
            for (var layer = 0; layer < 2; layer++)
            {
                foreach (var span in readings[k].Proposed[layer])
                    yield return (k, (SpanLayer)layer, span);
            }
        }
    }

    /// <summary>Makes the candidate that of the span, cut back to the words of one voice; false where nothing is left of it.</summary>
    private static bool Cut(Analysis analysis, List<SentenceReading> readings, int reading, SpanLayer layer, in ChainSpan span, SpanCandidate candidate)
    {
        (candidate.FirstToken, candidate.EndToken) = SpanBorders.Trim(analysis, span.First, span.End);
        if (layer == SpanLayer.Wording)
            (candidate.FirstToken, candidate.EndToken) = SpanBorders.Trim(analysis, SpanBorders.AfterSubject(analysis, candidate.FirstToken, candidate.EndToken), candidate.EndToken);
        candidate.Layer = layer;
        candidate.Reading = reading;
        candidate.Sentence = readings[reading].Index;
        (candidate.Begin, candidate.Extent) = (span.Begin, span.Extent);
        candidate.ShortText = readings.Count < ByLength<int>.MinSentences;
        if (layer == SpanLayer.Statement)
            candidate.SentenceFault = readings[reading].AnyFaultLogit();
        return candidate.EndToken > candidate.FirstToken;
    }

    /// <summary>The label with the highest score, of those that count; of equals the first.</summary>
    private static Label BestLabel(ReadOnlySpan<float> scores, Func<Family, bool> counts)
    {
        var best = -1;
        for (var label = 0; label < scores.Length; label++)
        {
            if (counts(((Label)label).Family()) && (best < 0 || scores[label] > scores[best]))
                best = label;
        }

        return (Label)best;
    }

    /// <summary>
    /// What a long statement is charged with lies in single words, which are flagged for themselves: as a whole it is loaded language only
    /// where that is far likelier than any other fault.
    /// </summary>
    private static Label BestLabelOfStatement(ReadOnlySpan<float> scores)
    {
        var loaded = BestLabel(scores, static family => family == Family.LoadedLanguage);
        var other = BestLabel(scores, static family => family != Family.LoadedLanguage);
        return scores[(int)loaded] - scores[(int)other] >= LoadedStatementLead ? loaded : other;
    }

    /// <summary>Gives each candidate that no rule has named its label.</summary>
    public static void Name(Analysis analysis, List<SpanCandidate> candidates, WeightTable labels, float[] biases)
    {
        Span<float> sums = stackalloc float[labels.Stride];
        foreach (var candidate in candidates)
        {
            if (candidate.IsRule)
                continue;
            sums.Clear();
            biases.CopyTo(sums);
            ref readonly var sentence = ref analysis.Document.Sentences[candidate.Sentence];
            var room = SpanFeatures.MaxLabelFeatures(candidate.EndToken - candidate.FirstToken);
            var rows = ArrayPool<int>.Shared.Rent(room);
            var values = ArrayPool<float>.Shared.Rent(room);
            var sink = new RowsAheadSink(labels, rows, values);
            SpanFeatures.ReadLabel(analysis, sentence, candidate.Layer, candidate.FirstToken, candidate.EndToken, ref sink);
            labels.FindPlaces(rows.AsSpan(0, sink.Count));
            for (var k = 0; k < sink.Count; k++)
                labels.AddAt(rows[k], values[k], sums);
            ArrayPool<int>.Shared.Return(rows);
            ArrayPool<float>.Shared.Return(values);
            var scores = sums[..labels.Columns];
            candidate.Label = candidate.Layer == SpanLayer.Statement && candidate.EndToken - candidate.FirstToken > SpanBorders.LongestWording
                ? BestLabelOfStatement(scores)
                : BestLabel(scores, static _ => true);
            candidate.LoadedLabel = BestLabel(scores, static family => family == Family.LoadedLanguage);
        }
    }
}
