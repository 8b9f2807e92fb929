using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Tests.Reference;

/// <summary>A chain's forward and backward sums as logarithms, formula by formula: what <see cref="ChainModel"/> computes in a faster way.</summary>
internal sealed class SimpleChain
{
    private const int Outside = 0, Begin = 1, Inside = 2;

    private readonly double[,] _transition = new double[3, 3];
    private readonly double[][] _score;
    private readonly double[][] _forward;
    private readonly double[][] _backward;
    private readonly double _logZ;

    /// <param name="scores">Begin and inside scores of each token.</param>
    public SimpleChain(ChainModel chain, IReadOnlyList<(double Begin, double Inside)> scores)
    {
        var t = chain.Transitions;
        _transition[Outside, Begin] = t[ChainModel.OutsideBegin];
        _transition[Outside, Inside] = double.NegativeInfinity;
        _transition[Begin, Outside] = t[ChainModel.BeginOutside];
        _transition[Begin, Begin] = t[ChainModel.BeginBegin];
        _transition[Begin, Inside] = t[ChainModel.BeginInside];
        _transition[Inside, Outside] = t[ChainModel.InsideOutside];
        _transition[Inside, Begin] = t[ChainModel.InsideBegin];
        _transition[Inside, Inside] = t[ChainModel.InsideInside];
        _score = [.. scores.Select(s => new[] { 0, s.Begin, s.Inside })];

        _forward = new double[scores.Count][];
        _backward = new double[scores.Count][];
        _forward[0] = [0, _score[0][Begin], double.NegativeInfinity];
        for (var i = 1; i < scores.Count; i++)
            _forward[i] = [.. Tags.Select(to => _score[i][to] + LogSum(Tags.Select(from => _forward[i - 1][from] + _transition[from, to])))];
        _backward[^1] = [0, 0, 0];
        for (var i = scores.Count - 2; i >= 0; i--)
            _backward[i] = [.. Tags.Select(from => LogSum(Tags.Select(to => _transition[from, to] + _score[i + 1][to] + _backward[i + 1][to])))];
        _logZ = LogSum(_forward[^1]);
    }

    private static int[] Tags => [Outside, Begin, Inside];

    public double BeginProbability(int token) => Math.Exp(_forward[token][Begin] + _backward[token][Begin] - _logZ);

    /// <summary>Probability that just these tokens are a span.</summary>
    public double SpanProbability(int first, int end)
    {
        var path = _forward[first][Begin];
        for (var i = first + 1; i < end; i++)
            path += _transition[i == first + 1 ? Begin : Inside, Inside] + _score[i][Inside];
        var last = end == first + 1 ? Begin : Inside;
        if (end < _score.Length)
            path += LogSum(new[] { Outside, Begin }.Select(to => _transition[last, to] + _score[end][to] + _backward[end][to]));
        return Math.Exp(path - _logZ);
    }

    private static double LogSum(IEnumerable<double> logs)
    {
        var all = logs.ToArray();
        var max = all.Max();
        return double.IsNegativeInfinity(max) ? max : max + Math.Log(all.Sum(log => Math.Exp(log - max)));
    }
}
