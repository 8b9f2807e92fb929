namespace Moderation.Annotation.Learning;

/// <summary>A span that a chain proposes, by tokens, end exclusive.</summary>
/// <param name="Begin">Probability that a span begins at its first token.</param>
/// <param name="Extent">Probability of just these borders, given that one begins there.</param>
public readonly record struct ChainSpan(int First, int End, double Begin, double Extent);

/// <summary>
/// A linear-chain conditional random field (Lafferty, McCallum, Pereira, ICML 2001) over the tags outside, begin, inside. The scores of begin
/// and inside come from a linear model over each token's features, that of outside is 0; five transition weights join neighbours.
/// </summary>
public sealed class ChainModel
{
    /// <summary>Transition weights by name, in the order of <see cref="Transitions"/>; outside → outside is 0 and outside → inside impossible.</summary>
    public const int OutsideBegin = 0, BeginOutside = 1, BeginBegin = 2, BeginInside = 3, InsideOutside = 4, InsideBegin = 5, InsideInside = 6;

    public const int TransitionCount = 7;

    private readonly float[] _transitions;

    public ChainModel(float[] transitions)
    {
        if (transitions.Length != TransitionCount)
            throw new ArgumentException($"{transitions.Length} transition weights, where there are {TransitionCount}.", nameof(transitions));
        _transitions = transitions;
    }

    public ReadOnlySpan<float> Transitions => _transitions;

    /// <summary>Runs forward and backward over one sentence and keeps what the spans' probabilities are read from.</summary>
    /// <param name="scores">Begin and inside scores of each token, one after the other.</param>
    public void Run(ReadOnlySpan<float> scores, ChainLattice lattice)
    {
        var n = scores.Length / 2;
        lattice.Reset(n);
        var t = _transitions;
        double outside = 0, begin = scores[0], inside = double.NegativeInfinity;
        lattice.SetForward(0, outside, begin, inside);
        for (var i = 1; i < n; i++)
        {
            var nextOutside = LogSum(outside, begin + t[BeginOutside], inside + t[InsideOutside]);
            var nextBegin = scores[2 * i] + LogSum(outside + t[OutsideBegin], begin + t[BeginBegin], inside + t[InsideBegin]);
            var nextInside = scores[2 * i + 1] + LogSum(double.NegativeInfinity, begin + t[BeginInside], inside + t[InsideInside]);
            (outside, begin, inside) = (nextOutside, nextBegin, nextInside);
            lattice.SetForward(i, outside, begin, inside);
        }

        lattice.LogZ = LogSum(outside, begin, inside);
        double backOutside = 0, backBegin = 0, backInside = 0;
        lattice.SetBackward(n - 1, 0, 0, 0);
        for (var i = n - 2; i >= 0; i--)
        {
            var toBegin = scores[2 * (i + 1)] + backBegin;
            var toInside = scores[2 * (i + 1) + 1] + backInside;
            var nextOutside = LogSum(backOutside, t[OutsideBegin] + toBegin, double.NegativeInfinity);
            var nextBegin = LogSum(t[BeginOutside] + backOutside, t[BeginBegin] + toBegin, t[BeginInside] + toInside);
            var nextInside = LogSum(t[InsideOutside] + backOutside, t[InsideBegin] + toBegin, t[InsideInside] + toInside);
            (backOutside, backBegin, backInside) = (nextOutside, nextBegin, nextInside);
            lattice.SetBackward(i, backOutside, backBegin, backInside);
        }
    }

    /// <summary>Adds the likeliest span from every token where one begins with at least that probability; such spans may overlap.</summary>
    public void Propose(ReadOnlySpan<float> scores, ChainLattice lattice, double threshold, List<ChainSpan> spans)
    {
        var n = scores.Length / 2;
        var t = _transitions;
        for (var i = 0; i < n; i++)
        {
            var begin = Math.Exp(lattice.Forward(i).Begin + lattice.Backward(i).Begin - lattice.LogZ);
            if (begin < threshold)
                continue;

            var path = lattice.Forward(i).Begin;
            var best = (End: i + 1, Log: path + EndAfter(i, isBegin: true, scores, lattice));
            for (var j = i + 1; j < n; j++)
            {
                path += scores[2 * j + 1] + (j == i + 1 ? t[BeginInside] : t[InsideInside]);
                var log = path + EndAfter(j, isBegin: false, scores, lattice);
                if (log > best.Log)
                    best = (j + 1, log);
                if (path + lattice.Backward(j).Inside < best.Log - 3)
                    break;
            }

            spans.Add(new ChainSpan(i, best.End, begin, Math.Exp(best.Log - lattice.LogZ) / begin));
        }
    }

    /// <summary>Weighs a span that something else proposes, by the same measures.</summary>
    public ChainSpan Weigh(ReadOnlySpan<float> scores, ChainLattice lattice, int first, int end)
    {
        var start = lattice.Forward(first).Begin;
        var begin = Math.Exp(start + lattice.Backward(first).Begin - lattice.LogZ);
        var path = start;
        for (var j = first + 1; j < end; j++)
            path += scores[2 * j + 1] + _transitions[j == first + 1 ? BeginInside : InsideInside];
        path += EndAfter(end - 1, isBegin: end == first + 1, scores, lattice);
        return new ChainSpan(first, end, begin, Math.Exp(path - lattice.LogZ) / Math.Max(begin, 1e-12));
    }

    /// <summary>Log of the weight of all that can follow a span whose last token is that one.</summary>
    private double EndAfter(int token, bool isBegin, ReadOnlySpan<float> scores, ChainLattice lattice)
    {
        if (2 * (token + 1) >= scores.Length)
            return 0;
        var t = _transitions;
        var next = lattice.Backward(token + 1);
        return LogSum(
            t[isBegin ? BeginOutside : InsideOutside] + next.Outside,
            t[isBegin ? BeginBegin : InsideBegin] + scores[2 * (token + 1)] + next.Begin,
            double.NegativeInfinity);
    }

    /// <summary>log(eᵃ + eᵇ + eᶜ) without overflow.</summary>
    public static double LogSum(double a, double b, double c)
    {
        var max = Math.Max(a, Math.Max(b, c));
        return double.IsNegativeInfinity(max) ? max : max + Math.Log(Math.Exp(a - max) + Math.Exp(b - max) + Math.Exp(c - max));
    }
}

/// <summary>Forward and backward log weights of one sentence; reused from sentence to sentence by one thread.</summary>
public sealed class ChainLattice
{
    private (double Outside, double Begin, double Inside)[] _forward = new (double, double, double)[64];
    private (double Outside, double Begin, double Inside)[] _backward = new (double, double, double)[64];

    public double LogZ { get; set; }

    public (double Outside, double Begin, double Inside) Forward(int token) => _forward[token];

    public (double Outside, double Begin, double Inside) Backward(int token) => _backward[token];

    internal void Reset(int tokens)
    {
        if (_forward.Length >= tokens)
            return;
        Array.Resize(ref _forward, Math.Max(tokens, 2 * _forward.Length));
        Array.Resize(ref _backward, _forward.Length);
    }

    internal void SetForward(int token, double outside, double begin, double inside) => _forward[token] = (outside, begin, inside);

    internal void SetBackward(int token, double outside, double begin, double inside) => _backward[token] = (outside, begin, inside);
}
