using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>
/// Forward and backward weights of one sentence as logarithms: slower than detection's <see cref="ChainLattice"/>, and right for any scores
/// that a search for the best weights may try. Reused from sentence to sentence by one thread.
/// </summary>
internal sealed class LogLattice
{
    private (double Outside, double Begin, double Inside)[] _forward = new (double, double, double)[64];
    private (double Outside, double Begin, double Inside)[] _backward = new (double, double, double)[64];

    /// <summary>Log of the weight of all taggings of the sentence.</summary>
    public double LogZ { get; private set; }

    public (double Outside, double Begin, double Inside) Forward(int token) => _forward[token];

    public (double Outside, double Begin, double Inside) Backward(int token) => _backward[token];

    /// <param name="t">Transition weights, as <see cref="ChainModel"/> has them.</param>
    /// <param name="scores">Begin and inside scores of each token, one after the other.</param>
    public void Run(ReadOnlySpan<float> t, ReadOnlySpan<float> scores)
    {
        var n = scores.Length / 2;
        Reserve(n);
        double outside = 0, begin = scores[0], inside = double.NegativeInfinity;
        _forward[0] = (outside, begin, inside);
        for (var i = 1; i < n; i++)
        {
            var nextOutside = LogSum(outside, begin + t[ChainModel.BeginOutside], inside + t[ChainModel.InsideOutside]);
            var nextBegin = scores[2 * i] + LogSum(outside + t[ChainModel.OutsideBegin], begin + t[ChainModel.BeginBegin], inside + t[ChainModel.InsideBegin]);
            var nextInside = scores[2 * i + 1] + LogSum(double.NegativeInfinity, begin + t[ChainModel.BeginInside], inside + t[ChainModel.InsideInside]);
            (outside, begin, inside) = (nextOutside, nextBegin, nextInside);
            _forward[i] = (outside, begin, inside);
        }

        LogZ = LogSum(outside, begin, inside);
        double backOutside = 0, backBegin = 0, backInside = 0;
        _backward[n - 1] = (0, 0, 0);
        for (var i = n - 2; i >= 0; i--)
        {
            var toBegin = scores[2 * (i + 1)] + backBegin;
            var toInside = scores[2 * (i + 1) + 1] + backInside;
            var nextOutside = LogSum(backOutside, t[ChainModel.OutsideBegin] + toBegin, double.NegativeInfinity);
            var nextBegin = LogSum(t[ChainModel.BeginOutside] + backOutside, t[ChainModel.BeginBegin] + toBegin, t[ChainModel.BeginInside] + toInside);
            var nextInside = LogSum(t[ChainModel.InsideOutside] + backOutside, t[ChainModel.InsideBegin] + toBegin, t[ChainModel.InsideInside] + toInside);
            (backOutside, backBegin, backInside) = (nextOutside, nextBegin, nextInside);
            _backward[i] = (backOutside, backBegin, backInside);
        }
    }

    /// <summary>log(eᵃ + eᵇ + eᶜ) without overflow.</summary>
    public static double LogSum(double a, double b, double c)
    {
        var max = Math.Max(a, Math.Max(b, c));
        return double.IsNegativeInfinity(max) ? max : max + Math.Log(Math.Exp(a - max) + Math.Exp(b - max) + Math.Exp(c - max));
    }

    private void Reserve(int tokens)
    {
        if (_forward.Length >= tokens)
            return;
        Array.Resize(ref _forward, Math.Max(tokens, 2 * _forward.Length));
        Array.Resize(ref _backward, _forward.Length);
    }
}
