using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>A token's tag in a span layer.</summary>
public enum Tag : byte
{
    Outside,
    Begin,
    Inside,
}

/// <summary>Learns a linear-chain conditional random field (<see cref="ChainModel"/>) by its L2-regularised log likelihood.</summary>
public static class ChainTrainer
{
    /// <summary>Errors of a probability too small to pass on to a token's features.</summary>
    private const double NoError = 1e-6;

    /// <param name="tokens">An example a token.</param>
    /// <param name="sentences">First token and number of tokens of each sentence to learn from.</param>
    /// <param name="tags">The right tag of each token.</param>
    /// <returns>Begin and inside weights by row, and the transitions.</returns>
    public static (float[] Begin, float[] Inside, ChainModel Chain) Train(NumberedExamples tokens, IReadOnlyList<(int First, int Count)> sentences, Tag[] tags, double l2, int maxIterations)
    {
        var count = tokens.FeatureCount;
        var rows = tokens.NumberOfRow.Length;
        var transitionsAt = 2 * count;
        var point = new double[transitionsAt + ChainModel.TransitionCount];
        var lattice = new LogLattice();
        var scores = new float[1024];
        var transitions = new float[ChainModel.TransitionCount];
        Lbfgs.Minimise(point, Objective, maxIterations, 1e-4);

        var begin = new float[rows];
        var inside = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            if (tokens.NumberOfRow[row] is >= 0 and var k)
                (begin[row], inside[row]) = ((float)point[2 * k], (float)point[2 * k + 1]);
        }

        return (begin, inside, new ChainModel(Transitions(point)));

        float[] Transitions(ReadOnlySpan<double> w)
        {
            var values = new float[ChainModel.TransitionCount];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)w[transitionsAt + i];
            return values;
        }

        double Objective(ReadOnlySpan<double> w, Span<double> gradient)
        {
            double loss = 0;
            for (var i = 0; i < w.Length; i++)
            {
                loss += 0.5 * l2 * w[i] * w[i];
                gradient[i] = l2 * w[i];
            }

            transitions = Transitions(w);
            foreach (var (first, n) in sentences)
            {
                if (scores.Length < 2 * n)
                    scores = new float[2 * n];
                for (var i = 0; i < n; i++)
                {
                    double b = 0, s = 0;
                    foreach (var k in tokens[first + i])
                    {
                        b += w[2 * k];
                        s += w[2 * k + 1];
                    }

                    (scores[2 * i], scores[2 * i + 1]) = ((float)b, (float)s);
                }

                lattice.Run(transitions, scores.AsSpan(0, 2 * n));
                loss += lattice.LogZ;
                for (var i = 0; i < n; i++)
                {
                    var (_, fb, fi) = lattice.Forward(i);
                    var (_, bb, bi) = lattice.Backward(i);
                    var begins = Math.Exp(fb + bb - lattice.LogZ);
                    var continues = Math.Exp(fi + bi - lattice.LogZ);
                    var tag = tags[first + i];
                    loss -= tag == Tag.Begin ? scores[2 * i] : tag == Tag.Inside ? scores[2 * i + 1] : 0;
                    var beginError = begins - (tag == Tag.Begin ? 1 : 0);
                    var insideError = continues - (tag == Tag.Inside ? 1 : 0);
                    if (Math.Abs(beginError) + Math.Abs(insideError) > NoError)
                    {
                        foreach (var k in tokens[first + i])
                        {
                            gradient[2 * k] += beginError;
                            gradient[2 * k + 1] += insideError;
                        }
                    }

                    if (i > 0)
                        loss -= AddTransitions(tags[first + i - 1], tag, lattice, i, scores, gradient[transitionsAt..]);
                }
            }

            return loss;
        }

        double AddTransitions(Tag before, Tag tag, LogLattice run, int i, float[] emitted, Span<double> gradient)
        {
            var (fo, fb, fi) = run.Forward(i - 1);
            var (bo, bb, bi) = run.Backward(i);
            var z = run.LogZ;
            double toBegin = emitted[2 * i] + bb - z, toInside = emitted[2 * i + 1] + bi - z, toOutside = bo - z;
            var t = transitions;
            gradient[ChainModel.OutsideBegin] += Math.Exp(fo + t[ChainModel.OutsideBegin] + toBegin);
            gradient[ChainModel.BeginOutside] += Math.Exp(fb + t[ChainModel.BeginOutside] + toOutside);
            gradient[ChainModel.BeginBegin] += Math.Exp(fb + t[ChainModel.BeginBegin] + toBegin);
            gradient[ChainModel.BeginInside] += Math.Exp(fb + t[ChainModel.BeginInside] + toInside);
            gradient[ChainModel.InsideOutside] += Math.Exp(fi + t[ChainModel.InsideOutside] + toOutside);
            gradient[ChainModel.InsideBegin] += Math.Exp(fi + t[ChainModel.InsideBegin] + toBegin);
            gradient[ChainModel.InsideInside] += Math.Exp(fi + t[ChainModel.InsideInside] + toInside);
            var taken = (before, tag) switch
            {
                (Tag.Outside, Tag.Begin) => ChainModel.OutsideBegin,
                (Tag.Begin, Tag.Outside) => ChainModel.BeginOutside,
                (Tag.Begin, Tag.Begin) => ChainModel.BeginBegin,
                (Tag.Begin, Tag.Inside) => ChainModel.BeginInside,
                (Tag.Inside, Tag.Outside) => ChainModel.InsideOutside,
                (Tag.Inside, Tag.Begin) => ChainModel.InsideBegin,
                (Tag.Inside, Tag.Inside) => ChainModel.InsideInside,
                _ => -1,
            };
            if (taken < 0)
                return 0;
            gradient[taken] -= 1;
            return transitions[taken];
        }
    }
}
