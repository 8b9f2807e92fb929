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
public sealed class SentenceScorer : ISentenceScorer
{
    /// <summary>Features of a token and those before it (<see cref="SentenceFeatures.ReadNeighbours"/>).</summary>
    private const int FeaturesOfNeighbours = 2;

    private readonly WeightTable _table;
    private readonly Vector256<float> _biases;

    /// <summary>The rows of features that count classes and lexicon entries: few, and met in every sentence.</summary>
    private readonly int[] _counts = new int[SentenceFeatures.CountFeatures];
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
        SentenceFeatures.ForEachCount((template, offset, value, index) => _counts[index] = _table.RowOf(FeatureHash.Of(template, offset, value)));
    }

    /// <inheritdoc/>
    public List<SentenceReading> Read(Analysis analysis)
    {
        if (!_workspaces.TryTake(out var workspace))
            workspace = new Workspace();
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
        // Where the weights stand first, for all of them, so that the processor can fetch many at a time.
        workspace.Reserve(Math.Max(FeaturesOfNeighbours * sentence.TokenCount, SentenceFeatures.MaxFeatures(sentence)));
        var neighbours = new RowSink(this, workspace.Places, workspace.Values);
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            SentenceFeatures.ReadNeighbours(analysis, sentence, i, SentenceFeatures.IsOther(analysis, i), 1, ref neighbours);

        _table.FindPlaces(workspace.Places.AsSpan(0, neighbours.Count));
        var sum = Vector256<float>.Zero;
        var at = 0;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            var isOther = SentenceFeatures.IsOther(analysis, i);
            if (i + Prefetch.Distance < sentence.EndToken)
                workspace.Words.Fetch(KeyOf(analysis, i + Prefetch.Distance));
            ref var weights = ref workspace.Words.Find(KeyOf(analysis, i), out var isKnown);
            if (!isKnown)
            {
                var own = new EightSink(_table);
                SentenceFeatures.ReadWord(analysis, i, isOther, 1, ref own);
                weights = own.Sums;
            }

            sum += weights;
            for (var k = 0; k < FeaturesOfNeighbours; k++, at++)
                sum += _table.EightAt(workspace.Places[at]) * workspace.Values[at];
        }

        sum = _biases + (sum * SentenceFeatures.WeightOfWord(analysis, sentence));
        var shared = new RowSink(this, workspace.Places, workspace.Values);
        SentenceFeatures.ReadSentence(analysis, sentence, ref shared);
        _table.FindPlaces(workspace.Places.AsSpan(0, shared.Count));
        for (var k = 0; k < shared.Count; k++)
            sum += _table.EightAt(workspace.Places[k]) * workspace.Values[k];
        return sum;
    }

    /// <summary>A number that is the same only for tokens that tell the same by themselves; 0 where there is none.</summary>
    private static ulong KeyOf(Analysis analysis, int token)
    {
        var type = analysis.TypeOf(token);
        return type == 0 || !SentenceFeatures.IsOther(analysis, token) ? type : ~type;
    }

    /// <summary>Adds up the weights of features for all targets.</summary>
    private struct EightSink(WeightTable table) : IFeatureSink
    {
        public Vector256<float> Sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Template template, int offset, ulong value, float weight = 1) => Sums += table.Eight(FeatureHash.Of(template, offset, value)) * weight;
    }

    /// <summary>Notes the rows of features, and what the weights of each are to be multiplied by.</summary>
    private ref struct RowSink(SentenceScorer scorer, Span<int> rows, Span<float> values) : IFeatureSink
    {
        private readonly Span<int> _rows = rows;
        private readonly Span<float> _values = values;

        public int Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Template template, int offset, ulong value, float weight = 1)
        {
            _rows[Count] = template is Template.Class or Template.Lexicon
                ? scorer._counts[SentenceFeatures.IndexOfCount(template, offset, value)]
                : scorer._table.RowAhead(FeatureHash.Of(template, offset, value));
            _values[Count++] = weight;
        }
    }

    /// <summary>What one thread needs while it scores an article.</summary>
    private sealed class Workspace
    {
        public WeightCache<Vector256<float>> Words { get; } = new();

        public int[] Places { get; private set; } = [];

        public float[] Values { get; private set; } = [];

        public void Reserve(int features)
        {
            if (Places.Length >= features)
                return;
            Places = new int[features];
            Values = new float[features];
        }
    }
}
