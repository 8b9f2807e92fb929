namespace Moderation.Annotation.Learning;

/// <summary>A span that a chain proposes, by tokens, end exclusive.</summary>
/// <param name="Begin">Probability that a span begins at its first token.</param>
/// <param name="Extent">Probability of just these borders, given that one begins there.</param>
public readonly record struct ChainSpan(int First, int End, double Begin, double Extent);

/// <summary>
/// A linear-chain conditional random field (Lafferty, McCallum, Pereira, ICML 2001) over the tags outside, begin, inside. The scores of begin
/// and inside come from a linear model over each token's features, that of outside is 0; seven transition weights join neighbours.
/// </summary>
public sealed class ChainModel
{
    /// <summary>Transition weights by name, in the order of <see cref="Transitions"/>; outside → outside is 0 and outside → inside impossible.</summary>
    public const int OutsideBegin = 0, BeginOutside = 1, BeginBegin = 2, BeginInside = 3, InsideOutside = 4, InsideBegin = 5, InsideInside = 6;

    public const int TransitionCount = 7;

    /// <summary>Scores and transition weights are cut off here, either way: far beyond it a probability is 0 or 1 to the last digit.</summary>
    private const float Limit = 100;

    /// <summary>A span is followed no further once what can still follow is less likely than its best end by this factor.</summary>
    private static readonly double Hopeless = Math.Exp(-3);

    private readonly float[] _transitions;

    /// <summary>The transitions as factors.</summary>
    private readonly double[] _factors;

    public ChainModel(float[] transitions)
    {
        if (transitions.Length != TransitionCount)
            throw new ArgumentException($"{transitions.Length} transition weights, where there are {TransitionCount}.", nameof(transitions));
        _transitions = transitions;
        _factors = Array.ConvertAll(transitions, weight => Math.Exp(Math.Clamp(weight, -Limit, Limit)));
    }

    public ReadOnlySpan<float> Transitions => _transitions;

    /// <summary>
    /// Runs forward and backward over one sentence. Weights are multiplied and each token's forward weights scaled to a sum of 1 (Rabiner,
    /// Proc. IEEE 1989), which needs two exponentials a token where logarithms would need two dozen.
    /// </summary>
    /// <param name="scores">Begin and inside scores of each token, one after the other; at least one token.</param>
    public void Run(ReadOnlySpan<float> scores, ChainLattice lattice)
    {
        var n = scores.Length / 2;
        lattice.Reserve(n);
        var nodes = lattice.Nodes;
        ReadWeights(scores, nodes);
        RunForward(nodes);
        RunBackward(nodes);
    }

    /// <summary>Adds the likeliest span from every token where one begins with at least that probability; such spans may overlap.</summary>
    public void Propose(ChainLattice lattice, double threshold, List<ChainSpan> spans)
    {
        var nodes = lattice.Nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            var begin = nodes[i].BeginProbability;
            if (begin < threshold)
                continue;

            var path = nodes[i].ForwardBegin;
            var best = (End: i + 1, Probability: path * EndAfter(nodes, i, BeginOutside, BeginBegin));
            for (var j = i + 1; j < nodes.Length; j++)
            {
                path *= _factors[j == i + 1 ? BeginInside : InsideInside] * nodes[j].Inside;
                var probability = path * EndAfter(nodes, j, InsideOutside, InsideBegin);
                if (probability > best.Probability)
                    best = (j + 1, probability);
                if (path * nodes[j].BackwardInside < best.Probability * Hopeless)
                    break;
            }

            spans.Add(new ChainSpan(i, best.End, begin, best.Probability / begin));
        }
    }

    /// <summary>Weighs a span that something else proposes, by the same measures.</summary>
    public ChainSpan Weigh(ChainLattice lattice, int first, int end)
    {
        var nodes = lattice.Nodes;
        var begin = nodes[first].BeginProbability;
        var path = nodes[first].ForwardBegin;
        for (var j = first + 1; j < end; j++)
            path *= _factors[j == first + 1 ? BeginInside : InsideInside] * nodes[j].Inside;
        path *= end == first + 1 ? EndAfter(nodes, end - 1, BeginOutside, BeginBegin) : EndAfter(nodes, end - 1, InsideOutside, InsideBegin);
        return new ChainSpan(first, end, begin, path / Math.Max(begin, 1e-12));
    }

    private static void ReadWeights(ReadOnlySpan<float> scores, Span<ChainNode> nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            ref var node = ref nodes[i];
            node.Outside = 1;
            node.Begin = Math.Exp(Math.Clamp(scores[2 * i], -Limit, Limit));
            node.Inside = Math.Exp(Math.Clamp(scores[2 * i + 1], -Limit, Limit));
        }
    }

    private void RunForward(Span<ChainNode> nodes)
    {
        var t = _factors;
        double begin = 0, inside = 0, outside = 1;
        for (var i = 0; i < nodes.Length; i++)
        {
            ref var node = ref nodes[i];
            var (nextOutside, nextBegin, nextInside) = i == 0
                ? (1, node.Begin, 0)
                : (outside + begin * t[BeginOutside] + inside * t[InsideOutside],
                    node.Begin * (outside * t[OutsideBegin] + begin * t[BeginBegin] + inside * t[InsideBegin]),
                    node.Inside * (begin * t[BeginInside] + inside * t[InsideInside]));
            var scale = 1 / (nextOutside + nextBegin + nextInside);
            (outside, begin, inside) = (nextOutside * scale, nextBegin * scale, nextInside * scale);
            (node.ForwardOutside, node.ForwardBegin, node.ForwardInside) = (outside, begin, inside);

            // From here on a token's weights carry its scale, so that what is multiplied along a path is a probability.
            node.Outside *= scale;
            node.Begin *= scale;
            node.Inside *= scale;
        }
    }

    private void RunBackward(Span<ChainNode> nodes)
    {
        var t = _factors;
        double outside = 1, begin = 1, inside = 1;
        for (var i = nodes.Length - 1; ; i--)
        {
            ref var node = ref nodes[i];
            (node.BackwardOutside, node.BackwardBegin, node.BackwardInside) = (outside, begin, inside);
            if (i == 0)
                break;
            var toOutside = node.Outside * outside;
            var toBegin = node.Begin * begin;
            var toInside = node.Inside * inside;
            outside = toOutside + t[OutsideBegin] * toBegin;
            begin = t[BeginOutside] * toOutside + t[BeginBegin] * toBegin + t[BeginInside] * toInside;
            inside = t[InsideOutside] * toOutside + t[InsideBegin] * toBegin + t[InsideInside] * toInside;
        }
    }

    /// <summary>The weight of all that can follow a span whose last token is that one.</summary>
    private double EndAfter(ReadOnlySpan<ChainNode> nodes, int token, int toOutside, int toBegin)
    {
        if (token + 1 == nodes.Length)
            return 1;
        ref readonly var next = ref nodes[token + 1];
        return _factors[toOutside] * next.Outside * next.BackwardOutside + _factors[toBegin] * next.Begin * next.BackwardBegin;
    }
}

/// <summary>One token's weights in a run of a <see cref="ChainModel"/>.</summary>
internal struct ChainNode
{
    /// <summary>Weights of the tags at this token, scaled.</summary>
    public double Outside, Begin, Inside;

    /// <summary>Scaled weights of all that can stand up to this token, by its tag.</summary>
    public double ForwardOutside, ForwardBegin, ForwardInside;

    /// <summary>Scaled weights of all that can follow this token, by its tag.</summary>
    public double BackwardOutside, BackwardBegin, BackwardInside;

    /// <summary>Probability that a span begins at the token.</summary>
    public readonly double BeginProbability => ForwardBegin * BackwardBegin;
}

/// <summary>What a chain keeps of the sentence that it was run over last; reused from sentence to sentence by one thread.</summary>
public sealed class ChainLattice
{
    private ChainNode[] _nodes = new ChainNode[64];
    private int _count;

    /// <summary>Log of the weight of all taggings of the sentence.</summary>
    public double LogZ
    {
        get
        {
            double sum = 0;
            foreach (ref readonly var node in Nodes)
                sum -= Math.Log(node.Outside);
            return sum;
        }
    }

    internal Span<ChainNode> Nodes => _nodes.AsSpan(0, _count);

    /// <summary>Probability that a span begins at the token.</summary>
    public double BeginProbability(int token) => _nodes[token].BeginProbability;

    /// <summary>Probabilities of the token's tags, which add up to 1.</summary>
    public (double Outside, double Begin, double Inside) Probabilities(int token)
    {
        ref readonly var node = ref _nodes[token];
        return (node.ForwardOutside * node.BackwardOutside, node.BeginProbability, node.ForwardInside * node.BackwardInside);
    }

    internal void Reserve(int tokens)
    {
        if (_nodes.Length < tokens)
            _nodes = new ChainNode[Math.Max(tokens, 2 * _nodes.Length)];
        _count = tokens;
    }
}
