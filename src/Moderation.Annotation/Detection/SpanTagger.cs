using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// The span tagger at work: gives the tokens of a sentence the same scores as their features (<see cref="TaggerFeatures.Read"/>) one by one
/// would, but looks a group of features up once for all that share it: a word's own for all its occurrences, a sentence's for all its tokens.
/// Any number of threads may share one.
/// </summary>
public sealed class SpanTagger
{
    /// <summary>Features of a token that depend on the forms and skeletons of its neighbours: three each.</summary>
    private const int PairFeatures = 6;

    private static readonly int VoiceCount = Enum.GetValues<Voice>().Length;

    private readonly WeightTable _table;
    private readonly ChainModel[] _chains;
    private readonly Vector128<float>[] _edges = new Vector128<float>[(2 * TaggerFeatures.Reach) + 1];
    private readonly Vector128<float>[] _places = new Vector128<float>[(TaggerFeatures.MaxFromStart + 1) * (TaggerFeatures.MaxFromEnd + 1)];
    private readonly Vector128<float>[] _voices;
    private readonly ConcurrentBag<Workspace> _workspaces = [];

    /// <param name="table">Begin and inside of the wording layer, begin and inside of the statement layer.</param>
    /// <param name="chains">By <see cref="SpanLayer"/>.</param>
    public SpanTagger(WeightTable table, ChainModel[] chains)
    {
        if (table.Columns != 4 || chains.Length != 2)
            throw new ArgumentException($"A tagger has 4 columns and 2 chains, not {table.Columns} and {chains.Length}.", nameof(table));
        _table = table;
        _chains = chains;
        for (var offset = -TaggerFeatures.Reach; offset <= TaggerFeatures.Reach; offset++)
        {
            var sink = new FourSink(table);
            TaggerFeatures.ReadEdge(offset < 0 ? TaggerFeatures.BeforeStart : TaggerFeatures.AfterEnd, offset, ref sink);
            _edges[TaggerFeatures.Reach + offset] = sink.Sums;
        }

        for (var place = 0; place < _places.Length; place++)
        {
            var sink = new FourSink(table);
            TaggerFeatures.ReadPlace(place / (TaggerFeatures.MaxFromEnd + 1), place % (TaggerFeatures.MaxFromEnd + 1), ref sink);
            _places[place] = sink.Sums;
        }

        // One voice more than there are stands for "no neighbour".
        _voices = new Vector128<float>[(VoiceCount + 1) * VoiceCount * (VoiceCount + 1)];
        for (var index = 0; index < _voices.Length; index++)
        {
            var (before, voice, after) = (index / (VoiceCount * (VoiceCount + 1)), index / (VoiceCount + 1) % VoiceCount, index % (VoiceCount + 1));
            var sink = new FourSink(table);
            TaggerFeatures.ReadVoice((Voice)voice, ref sink);
            if (before < VoiceCount)
                TaggerFeatures.ReadVoices(-1, (Voice)voice, (Voice)before, ref sink);
            if (after < VoiceCount)
                TaggerFeatures.ReadVoices(1, (Voice)voice, (Voice)after, ref sink);
            _voices[index] = sink.Sums;
        }
    }

    /// <summary>Tags every sentence in both layers and keeps the spans that are likely enough.</summary>
    public void Tag(Analysis analysis, IReadOnlyList<SentenceReading> readings)
    {
        if (!_workspaces.TryTake(out var workspace))
            workspace = new Workspace();
        foreach (var reading in readings)
        {
            ref readonly var sentence = ref analysis.Document.Sentences[reading.Index];
            workspace.Reserve(sentence.TokenCount);
            Score(analysis, sentence, workspace);
            for (var layer = 0; layer < 2; layer++)
                Propose(analysis, reading, sentence, layer, workspace);
        }

        _workspaces.Add(workspace);
    }

    private void Score(Analysis analysis, in Sentence sentence, Workspace workspace)
    {
        var n = sentence.TokenCount;
        var sums = workspace.SumsOf(n);
        AddPlaces(analysis, sentence, sums);
        AddPairs(analysis, sentence, sums, workspace);
        AddWords(analysis, sentence, workspace.Sums, workspace.Words);
        for (var i = 0; i < n; i++)
        {
            (workspace.Scores[0][2 * i], workspace.Scores[0][(2 * i) + 1]) = (sums[i][0], sums[i][1]);
            (workspace.Scores[1][2 * i], workspace.Scores[1][(2 * i) + 1]) = (sums[i][2], sums[i][3]);
        }
    }

    /// <summary>What depends on the sentence, the place in it and the voice.</summary>
    private void AddPlaces(Analysis analysis, in Sentence sentence, Span<Vector128<float>> sums)
    {
        var shared = new FourSink(_table);
        TaggerFeatures.ReadSentence(analysis, sentence, ref shared);
        var voices = analysis.Voices.AsSpan(sentence.FirstToken, sums.Length);
        var before = VoiceCount;
        for (var i = 0; i < sums.Length; i++)
        {
            var voice = (int)voices[i];
            var after = i + 1 < sums.Length ? (int)voices[i + 1] : VoiceCount;
            var place = (Math.Min(i, TaggerFeatures.MaxFromStart) * (TaggerFeatures.MaxFromEnd + 1)) + Math.Min(sums.Length - 1 - i, TaggerFeatures.MaxFromEnd);
            sums[i] = shared.Sums + _places[place] + _voices[(((before * VoiceCount) + voice) * (VoiceCount + 1)) + after];
            before = voice;
        }

        for (var offset = 1; offset <= TaggerFeatures.Reach; offset++)
        {
            for (var i = 0; i < Math.Min(offset, sums.Length); i++)
            {
                sums[i] += _edges[TaggerFeatures.Reach - offset];
                sums[^(i + 1)] += _edges[TaggerFeatures.Reach + offset];
            }
        }
    }

    /// <summary>What depends on two or three tokens that stand side by side.</summary>
    private void AddPairs(Analysis analysis, in Sentence sentence, Span<Vector128<float>> sums, Workspace workspace)
    {
        var n = sentence.TokenCount;
        var forms = analysis.Forms.AsSpan(sentence.FirstToken, n);
        var tags = analysis.Tags.AsSpan(sentence.FirstToken, n);

        var skeleton = analysis.Skeleton.AsSpan(sentence.FirstToken, n);

        // Where the weights stand first, for all of them, so that the processor can fetch many at a time.
        var places = workspace.Places.AsSpan(0, PairFeatures * n);
        var before = TaggerFeatures.BeforeStart;
        var pairBefore = NormalForm.Combine(before, forms[0]);
        var skeletonBefore = TaggerFeatures.BeforeStart;
        for (var i = 0; i < n; i++)
        {
            var isLast = i + 1 == n;
            var after = isLast ? TaggerFeatures.AfterEnd : forms[i + 1];
            var pairAfter = NormalForm.Combine(forms[i], after);
            var sink = new RowSink(_table, places.Slice(PairFeatures * i, PairFeatures));
            TaggerFeatures.ReadPair(-1, pairBefore, ref sink);
            TaggerFeatures.ReadPair(0, pairAfter, ref sink);
            TaggerFeatures.ReadSkipPair(before, after, ref sink);
            TaggerFeatures.ReadSkeleton(skeletonBefore, skeleton[i], isLast ? TaggerFeatures.AfterEnd : skeleton[i + 1], ref sink);
            (before, pairBefore, skeletonBefore) = (forms[i], pairAfter, skeleton[i]);
        }

        _table.FindPlaces(places);
        for (var i = 0; i < n; i++)
            sums[i] += _table.FourAt(places[PairFeatures * i]) + _table.FourAt(places[(PairFeatures * i) + 1]) + _table.FourAt(places[(PairFeatures * i) + 2]);

        var tagBefore = TaggerFeatures.NoTag;
        for (var i = 0; i < n; i++)
        {
            var tagAfter = i + 1 == n ? TaggerFeatures.NoTag : tags[i + 1];
            ref var weights = ref workspace.Tags.Find(NormalForm.Combine((tagBefore << 8) | tags[i], tagAfter), out var isKnown);
            if (!isKnown)
            {
                var sink = new FourSink(_table);
                TaggerFeatures.ReadTags(tagBefore, tags[i], tagAfter, ref sink);
                weights = sink.Sums;
            }

            sums[i] += weights;
            tagBefore = tags[i];
        }

        for (var i = 0; i < n; i++)
            sums[i] += _table.FourAt(places[(PairFeatures * i) + 3]) + _table.FourAt(places[(PairFeatures * i) + 4]) + _table.FourAt(places[(PairFeatures * i) + 5]);
    }

    /// <summary>What depends on single tokens: each one's part in its own score and in its neighbours'.</summary>
    /// <param name="sums">With <see cref="TaggerFeatures.Reach"/> places before and after the sentence's, for neighbours that there are not.</param>
    private void AddWords(Analysis analysis, in Sentence sentence, Span<Vector128<float>> sums, WeightCache<WordWeights> words)
    {
        for (var at = 0; at < sentence.TokenCount; at++)
        {
            var token = sentence.FirstToken + at;
            if (at + Prefetch.Distance < sentence.TokenCount)
                words.Fetch(analysis.TypeOf(token + Prefetch.Distance));
            ref var weights = ref words.Find(analysis.TypeOf(token), out var isKnown);
            if (!isKnown)
                Read(analysis, token, ref weights);
            var around = sums.Slice(at, (2 * TaggerFeatures.Reach) + 1);
            for (var k = 0; k < around.Length; k++)
                around[^(k + 1)] += weights[k];
        }
    }

    private void Read(Analysis analysis, int token, ref WordWeights weights)
    {
        for (var offset = -TaggerFeatures.Reach; offset <= TaggerFeatures.Reach; offset++)
        {
            var sink = new FourSink(_table);
            TaggerFeatures.ReadWord(analysis, token, offset, ref sink);
            weights[TaggerFeatures.Reach + offset] = sink.Sums;
        }
    }

    private void Propose(Analysis analysis, SentenceReading reading, in Sentence sentence, int layer, Workspace workspace)
    {
        var n = sentence.TokenCount;
        var lattice = workspace.Lattice;
        _chains[layer].Run(workspace.Scores[layer].AsSpan(0, 2 * n), lattice);
        var spans = workspace.Spans;
        spans.Clear();
        _chains[layer].Propose(lattice, Stages.ProposalThreshold, spans);
        double expected = 0, likeliest = 0;
        for (var i = 0; i < n; i++)
        {
            var begin = lattice.BeginProbability(i);
            expected += begin;
            likeliest = Math.Max(likeliest, begin);
        }

        reading.ExpectedSpans[layer] = expected;
        reading.LikeliestSpan[layer] = likeliest;
        for (var s = 0; s < spans.Count; s++)
            spans[s] = spans[s] with { First = spans[s].First + sentence.FirstToken, End = spans[s].End + sentence.FirstToken };
        if (layer == (int)SpanLayer.Wording)
            ProposeEntries(analysis, sentence, _chains[layer], lattice, spans);
        reading.Proposed[layer] = [.. spans];
    }

    /// <summary>Every stronger lexicon entry is weighed too, wherever the tagger did not think of it itself.</summary>
    private static void ProposeEntries(Analysis analysis, in Sentence sentence, ChainModel chain, ChainLattice lattice, List<ChainSpan> spans)
    {
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            ref readonly var mark = ref analysis.Lexical[i];
            if (!mark.Begins || mark.Strength < LexiconEntry.Charged || mark.Literal || !ProposesWording((Label)(mark.LabelPlusOne - 1)))
                continue;
            var end = i + 1;
            while (end < sentence.EndToken && analysis.Lexical[end].Entry == mark.Entry && analysis.Lexical[end] is { Begins: false, Strength: > 0 })
                end++;
            if (AnyOver(spans, i, end))
                continue;
            var weighed = chain.Weigh(lattice, i - sentence.FirstToken, end - sentence.FirstToken);
            spans.Add(weighed with { First = i, End = end });
        }
    }

    private static bool AnyOver(List<ChainSpan> spans, int first, int end)
    {
        foreach (var span in spans)
        {
            if (span.First < end && first < span.End)
                return true;
        }

        return false;
    }

    private static bool ProposesWording(Label label) => label.Family() == Family.LoadedLanguage || label is Label.OpinionAsFact or Label.DoubtMarker or Label.Signposting or Label.VerdictVerb;

    /// <summary>Adds up the weights of features for the four scores of a token.</summary>
    private struct FourSink(WeightTable table) : IFeatureSink
    {
        public Vector128<float> Sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Template template, int offset, ulong value, float weight = 1) => Sums += table.Four(FeatureHash.Of(template, offset, value)) * weight;
    }

    /// <summary>Notes the rows of features.</summary>
    private ref struct RowSink(WeightTable table, Span<int> rows) : IFeatureSink
    {
        private readonly Span<int> _rows = rows;
        private int _count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Template template, int offset, ulong value, float weight = 1) => _rows[_count++] = table.RowAhead(FeatureHash.Of(template, offset, value));
    }

    /// <summary>A word's part in the scores of the tokens around it, by offset, and of its own.</summary>
    [InlineArray((2 * TaggerFeatures.Reach) + 1)]
    private struct WordWeights
    {
        private Vector128<float> _first;
    }

    /// <summary>What one thread needs while it tags an article.</summary>
    private sealed class Workspace
    {
        public WeightCache<WordWeights> Words { get; } = new();

        /// <summary>By the parts of speech of three tokens side by side.</summary>
        public WeightCache<Vector128<float>> Tags { get; } = new();

        public int[] Places { get; private set; } = new int[PairFeatures * SentenceSplitter.MaxSentenceTokens];

        public ChainLattice Lattice { get; } = new();

        public List<ChainSpan> Spans { get; } = [];

        /// <summary>With room for <see cref="TaggerFeatures.Reach"/> tokens before and after the sentence's.</summary>
        public Vector128<float>[] Sums { get; private set; } = new Vector128<float>[SentenceSplitter.MaxSentenceTokens + (2 * TaggerFeatures.Reach)];

        public float[][] Scores { get; } = [new float[2 * SentenceSplitter.MaxSentenceTokens], new float[2 * SentenceSplitter.MaxSentenceTokens]];

        public Span<Vector128<float>> SumsOf(int tokens) => Sums.AsSpan(TaggerFeatures.Reach, tokens);

        public void Reserve(int tokens)
        {
            if (Sums.Length >= tokens + (2 * TaggerFeatures.Reach))
                return;
            Sums = new Vector128<float>[tokens + (2 * TaggerFeatures.Reach)];
            Places = new int[PairFeatures * tokens];
            (Scores[0], Scores[1]) = (new float[2 * tokens], new float[2 * tokens]);
        }
    }
}
