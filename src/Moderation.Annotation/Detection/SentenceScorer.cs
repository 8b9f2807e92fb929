using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// The first pass at work: gives sentences the same scores as their features (<see cref="SentenceFeatures.Read"/>) would, but looks a word's
/// own features up once for all its occurrences. Any number of threads may share one.
/// </summary>
public sealed class SentenceScorer
{
    private readonly WeightTable _table;
    private readonly Vector256<float> _biases;
    private readonly ConcurrentBag<Workspace> _workspaces = [];

    /// <param name="table">A column a <see cref="SentenceTarget"/>.</param>
    /// <param name="biases">By column.</param>
    public SentenceScorer(WeightTable table, float[] biases)
    {
        if (table.Stride != Vector256<float>.Count || biases.Length != table.Columns)
            throw new ArgumentException($"A sentence table has 5 to 8 columns and a bias for each, not {table.Columns} and {biases.Length}.", nameof(table));
        _table = table;
        Span<float> all = stackalloc float[Vector256<float>.Count];
        all.Clear();
        biases.CopyTo(all);
        _biases = Vector256.Create<float>(all);
    }

    /// <summary>Scores every sentence that is not page furniture on its own.</summary>
    public List<SentenceReading> Read(Analysis analysis)
    {
        if (!_workspaces.TryTake(out var workspace))
            workspace = new Workspace(new(), new(), new());
        var sentences = analysis.Document.Sentences;
        var readings = new List<SentenceReading>(sentences.Length);
        for (var s = 0; s < sentences.Length; s++)
        {
            if (!analysis.IsAssessed(sentences[s]))
                continue;
            var sums = Score(analysis, sentences[s], workspace);
            var logits = new double[_table.Columns];
            for (var target = 0; target < logits.Length; target++)
                logits[target] = sums[target];
            readings.Add(new SentenceReading { Index = s, Logits = logits });
        }

        _workspaces.Add(workspace);
        return readings;
    }

    private Vector256<float> Score(Analysis analysis, in Sentence sentence, Workspace workspace)
    {
        var sum = Vector256<float>.Zero;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            var isOther = SentenceFeatures.IsOther(analysis, i);
            var type = analysis.TypeOf(i);
            ref var weights = ref workspace.Words.Find(type == 0 || !isOther ? type : ~type, out var isKnown);
            if (!isKnown)
            {
                var own = new EightSink(_table);
                SentenceFeatures.ReadWord(analysis, i, isOther, 1, ref own);
                weights = own.Sums;
            }

            sum += weights;
            var tags = SentenceFeatures.TagsUpTo(analysis, sentence, i);
            weights = ref workspace.Tags.Find(NormalForm.Combine(tags, isOther ? 1ul : 0), out isKnown);
            if (!isKnown)
            {
                var own = new EightSink(_table);
                SentenceFeatures.ReadTags(tags, isOther, 1, ref own);
                weights = own.Sums;
            }

            sum += weights;
            var pair = SentenceFeatures.SkeletonUpTo(analysis, sentence, i);
            weights = ref workspace.SkeletonPairs.Find(isOther ? ~pair : pair, out isKnown);
            if (!isKnown)
            {
                var own = new EightSink(_table);
                SentenceFeatures.ReadSkeletonPair(pair, isOther, 1, ref own);
                weights = own.Sums;
            }

            sum += weights;
        }

        var sink = new EightSink(_table) { Sums = _biases + (sum * SentenceFeatures.WeightOfWord(analysis, sentence)) };
        SentenceFeatures.ReadSentence(analysis, sentence, ref sink);
        return sink.Sums;
    }

    /// <summary>Adds up the weights of features for all targets.</summary>
    private struct EightSink(WeightTable table) : IFeatureSink
    {
        public Vector256<float> Sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Template template, int offset, ulong value, float weight = 1) => Sums += table.Eight(FeatureHash.Of(template, offset, value)) * weight;
    }

    /// <summary>What one thread needs while it scores an article: the weights of words, of three parts of speech and of two tokens of the skeleton side by side.</summary>
    private sealed record Workspace(WeightCache<Vector256<float>> Words, WeightCache<Vector256<float>> Tags, WeightCache<Vector256<float>> SkeletonPairs);
}
