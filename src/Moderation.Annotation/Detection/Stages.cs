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

    /// <summary>First pass: every assessed sentence, scored on its own.</summary>
    public static List<SentenceReading> ReadSentences(Analysis analysis, WeightTable table, float[] biases)
    {
        var readings = new List<SentenceReading>(analysis.Document.Sentences.Length);
        var sums = new float[table.Columns];
        for (var s = 0; s < analysis.Document.Sentences.Length; s++)
        {
            ref readonly var sentence = ref analysis.Document.Sentences[s];
            if (!analysis.IsAssessed(sentence))
                continue;
            biases.CopyTo(sums, 0);
            var sink = new SumSink(table, sums);
            SentenceFeatures.Read(analysis, sentence, ref sink);
            readings.Add(new SentenceReading { Index = s, Logits = Array.ConvertAll(sums, x => (double)x) });
        }

        return readings;
    }

    /// <summary>The article's mean first-pass slant, which every sentence's <see cref="ScoreContext"/> shares.</summary>
    internal static double MeanSlant(IReadOnlyList<SentenceReading> readings)
    {
        double sum = 0;
        foreach (var reading in readings)
            sum += Math.Clamp(reading.Logits[(int)SentenceTarget.Slant], -4, 4);
        return sum / readings.Count;
    }

    /// <summary>The context that the tagger's features take from the first pass.</summary>
    internal static ScoreContext ContextOf(SentenceReading reading, double meanSlant) => new(reading.Logits.AsSpan(0, SentenceReading.Targets), meanSlant);

    /// <summary>Tags every sentence in both layers and keeps the spans that are likely enough.</summary>
    public static void Tag(Analysis analysis, List<SentenceReading> readings, WeightTable table, ChainModel[] chains)
    {
        ChainLattice[] lattices = [new(), new()];
        var sums = new float[4];
        float[][] scores = [new float[128], new float[128]];
        var meanSlant = MeanSlant(readings);
        for (var k = 0; k < readings.Count; k++)
        {
            var sentence = analysis.Document.Sentences[readings[k].Index];
            var context = ContextOf(readings[k], meanSlant);
            var n = sentence.TokenCount;
            for (var layer = 0; layer < 2; layer++)
            {
                if (scores[layer].Length < 2 * n)
                    scores[layer] = new float[2 * n];
            }

            for (var i = 0; i < n; i++)
            {
                Array.Clear(sums);
                var sink = new SumSink(table, sums);
                TaggerFeatures.Read(analysis, sentence, sentence.FirstToken + i, context, ref sink);
                (scores[0][2 * i], scores[0][2 * i + 1]) = (sums[0], sums[1]);
                (scores[1][2 * i], scores[1][2 * i + 1]) = (sums[2], sums[3]);
            }

            for (var layer = 0; layer < 2; layer++)
                Propose(readings[k], sentence, layer, scores[layer].AsSpan(0, 2 * n), chains[layer], lattices[layer]);
            ProposeEntries(analysis, readings[k], sentence, scores[0].AsSpan(0, 2 * n), chains[0], lattices[0]);
        }
    }

    /// <summary>Every stronger lexicon entry is weighed too, wherever the tagger did not think of it itself.</summary>
    private static void ProposeEntries(Analysis analysis, SentenceReading reading, in Sentence sentence, ReadOnlySpan<float> scores, ChainModel chain, ChainLattice lattice)
    {
        var spans = reading.Proposed[(int)SpanLayer.Wording];
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            if (analysis.Lexical[i] is not { Begins: true, Strength: >= 2, Literal: false } mark || !ProposesWording((Label)(mark.LabelPlusOne - 1)))
                continue;
            var end = i + 1;
            while (end < sentence.EndToken && analysis.Lexical[end].Entry == mark.Entry && analysis.Lexical[end] is { Begins: false, Strength: > 0 })
                end++;
            if (spans.Any(span => span.First < end && i < span.End))
                continue;
            var weighed = chain.Weigh(scores, lattice, i - sentence.FirstToken, end - sentence.FirstToken);
            spans.Add(weighed with { First = i, End = end });
        }
    }

    private static bool ProposesWording(Label label) => label.Family() == Family.LoadedLanguage || label is Label.OpinionAsFact or Label.DoubtMarker or Label.Signposting or Label.VerdictVerb;

    private static void Propose(SentenceReading reading, in Sentence sentence, int layer, ReadOnlySpan<float> scores, ChainModel chain, ChainLattice lattice)
    {
        chain.Run(scores, lattice);
        var spans = reading.Proposed[layer];
        spans.Clear();
        chain.Propose(scores, lattice, ProposalThreshold, spans);
        double expected = 0, likeliest = 0;
        for (var i = 0; i < sentence.TokenCount; i++)
        {
            var begin = Math.Exp(lattice.Forward(i).Begin + lattice.Backward(i).Begin - lattice.LogZ);
            expected += begin;
            likeliest = Math.Max(likeliest, begin);
        }

        reading.ExpectedSpans[layer] = expected;
        reading.LikeliestSpan[layer] = likeliest;
        for (var s = 0; s < spans.Count; s++)
            spans[s] = spans[s] with { First = spans[s].First + sentence.FirstToken, End = spans[s].End + sentence.FirstToken };
    }

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

    /// <summary>Mean second-pass logits of the article, by target.</summary>
    public static double[] ArticleLogits(List<SentenceReading> readings)
    {
        var means = new double[SentenceReading.Targets];
        foreach (var reading in readings)
        {
            for (var t = 0; t < means.Length; t++)
                means[t] += Math.Clamp(reading.ContextLogits[t], -6, 6) / readings.Count;
        }

        return means;
    }

    /// <summary>The spans that the tagger proposed, cut back to the words of one voice, with their features.</summary>
    public static List<SpanCandidate> Candidates(Analysis analysis, List<SentenceReading> readings, in SentenceContext.ArticleFacts facts)
    {
        var candidates = new List<SpanCandidate>();
        var articleLogits = ArticleLogits(readings);
        for (var k = 0; k < readings.Count; k++)
        {
            for (var layer = 0; layer < 2; layer++)
            {
                foreach (var span in readings[k].Proposed[layer])
                {
                    var (first, end) = SpanBorders.Trim(analysis, span.First, span.End);
                    if (end <= first)
                        continue;
                    var candidate = new SpanCandidate
                    {
                        Layer = (SpanLayer)layer, Sentence = readings[k].Index, Reading = k, FirstToken = first, EndToken = end, Begin = span.Begin, Extent = span.Extent,
                        ShortText = readings.Count < ByLength<int>.MinSentences,
                    };
                    SpanFeatures.Read(analysis, readings, facts, articleLogits, candidate, candidate.Values);
                    candidates.Add(candidate);
                }
            }
        }

        return candidates;
    }

    /// <summary>The label with the highest score among those allowed; of equals the first.</summary>
    public static Label BestLabel(ReadOnlySpan<float> scores, Func<Label, bool> isAllowed)
    {
        var best = -1;
        for (var label = 0; label < scores.Length; label++)
        {
            if (isAllowed((Label)label) && (best < 0 || scores[label] > scores[best]))
                best = label;
        }

        return (Label)best;
    }

    /// <summary>Weighs the candidates and gives each its label.</summary>
    public static void Score(Analysis analysis, List<SpanCandidate> candidates, CalibratedModel[] models, WeightTable labels, float[] labelBiases)
    {
        foreach (var candidate in candidates)
        {
            var model = models[(int)candidate.Layer];
            candidate.Logit = model.Model.Logit(candidate.Values);
            candidate.Probability = model.Calibration.Probability(candidate.Logit);
            labelBiases.CopyTo(candidate.LabelScores, 0);
            var sink = new SumSink(labels, candidate.LabelScores);
            SpanFeatures.ReadLabel(analysis, analysis.Document.Sentences[candidate.Sentence], candidate.Layer, candidate.FirstToken, candidate.EndToken, ref sink);
            candidate.Label = BestLabel(candidate.LabelScores, _ => true);
        }
    }
}
