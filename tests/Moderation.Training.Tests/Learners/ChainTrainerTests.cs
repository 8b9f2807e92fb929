using Moderation.Annotation.Learning;
using Moderation.Training.Learners;

namespace Moderation.Training.Tests.Learners;

/// <summary>The chain's trainer against an objective that writes out every tag sequence and takes its gradient by finite differences.</summary>
public sealed class ChainTrainerTests
{
    private const int Rows = 8;

    private static readonly (int First, int Count)[] Sentences = [(0, 4), (4, 3), (7, 5), (12, 1)];

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    public void Train_SmallSentences_EndsWhereTheGradientVanishes(double l2)
    {
        var (tokens, tags) = Problem();

        var (begin, inside, chain) = ChainTrainer.Train(tokens.Number([.. Enumerable.Range(0, tokens.Count)], Rows, 1), Sentences, tags, l2, 400);

        double[] found = [.. begin.Select(w => (double)w), .. inside.Select(w => (double)w), .. chain.Transitions.ToArray().Select(w => (double)w)];
        var start = Gradient(new double[found.Length], tokens, tags, l2).Max(Math.Abs);
        var end = Gradient(found, tokens, tags, l2).Max(Math.Abs);
        Assert.True(end < 0.02 * start, $"The largest part of the gradient is {end:G3}, from {start:G3} at the start.");
    }

    [Fact]
    public void Train_SmallSentences_FindsNoBetterPointNearby()
    {
        var (tokens, tags) = Problem();
        var (begin, inside, chain) = ChainTrainer.Train(tokens.Number([.. Enumerable.Range(0, tokens.Count)], Rows, 1), Sentences, tags, 1, 400);
        double[] found = [.. begin.Select(w => (double)w), .. inside.Select(w => (double)w), .. chain.Transitions.ToArray().Select(w => (double)w)];
        var least = Loss(found, tokens, tags, 1);
        var random = new Random(3);

        for (var trial = 0; trial < 50; trial++)
        {
            double[] other = [.. found.Select(w => w + (random.NextDouble() - 0.5) * 0.2)];
            Assert.True(Loss(other, tokens, tags, 1) > least - 1e-4, $"Trial {trial} lies lower.");
        }
    }

    [Fact]
    public void Train_Twice_GivesTheSameBits()
    {
        var (tokens, tags) = Problem();

        var one = ChainTrainer.Train(tokens.Number([.. Enumerable.Range(0, tokens.Count)], Rows, 1), Sentences, tags, 1, 50);
        var other = ChainTrainer.Train(tokens.Number([.. Enumerable.Range(0, tokens.Count)], Rows, 1), Sentences, tags, 1, 50);

        Assert.Equal(one.Begin, other.Begin);
        Assert.Equal(one.Inside, other.Inside);
        Assert.Equal(one.Chain.Transitions.ToArray(), other.Chain.Transitions.ToArray());
    }

    private static (SparseExamples Tokens, Tag[] Tags) Problem()
    {
        var random = new Random(5);
        var tokens = new SparseExamples();
        for (var token = 0; token < 13; token++)
        {
            foreach (var row in Enumerable.Range(0, Rows).Where(_ => random.Next(3) == 0))
                tokens.Features.Add(new Feature(row, 1));
            tokens.Close();
        }

        Tag[] tags =
        [
            Tag.Outside, Tag.Begin, Tag.Inside, Tag.Outside,
            Tag.Begin, Tag.Outside, Tag.Begin,
            Tag.Outside, Tag.Outside, Tag.Begin, Tag.Inside, Tag.Inside,
            Tag.Begin,
        ];
        return (tokens, tags);
    }

    private static double[] Gradient(double[] point, SparseExamples tokens, Tag[] tags, double l2)
    {
        const double Step = 1e-5;
        var gradient = new double[point.Length];
        for (var i = 0; i < point.Length; i++)
        {
            double[] up = [.. point], down = [.. point];
            up[i] += Step;
            down[i] -= Step;
            gradient[i] = (Loss(up, tokens, tags, l2) - Loss(down, tokens, tags, l2)) / (2 * Step);
        }

        return gradient;
    }

    /// <summary>The regularised negative log likelihood, over all sequences.</summary>
    private static double Loss(double[] point, SparseExamples tokens, Tag[] tags, double l2)
    {
        var loss = point.Sum(w => l2 * w * w / 2);
        foreach (var (first, count) in Sentences)
        {
            var all = Sequences(count).Select(sequence => Score(sequence, first, point, tokens)).ToArray();
            var max = all.Max();
            loss += max + Math.Log(all.Sum(score => Math.Exp(score - max))) - Score(tags[first..(first + count)], first, point, tokens);
        }

        return loss;
    }

    private static double Score(Tag[] sequence, int first, double[] point, SparseExamples tokens)
    {
        double score = 0;
        for (var i = 0; i < sequence.Length; i++)
        {
            if (sequence[i] != Tag.Outside)
            {
                foreach (var feature in tokens[first + i])
                    score += point[(sequence[i] == Tag.Begin ? 0 : Rows) + feature.Row] * feature.Value;
            }

            if (i > 0 && Transition(sequence[i - 1], sequence[i]) is { } transition)
                score += point[2 * Rows + transition];
        }

        return score;
    }

    private static int? Transition(Tag from, Tag to) => (from, to) switch
    {
        (Tag.Outside, Tag.Begin) => ChainModel.OutsideBegin,
        (Tag.Begin, Tag.Outside) => ChainModel.BeginOutside,
        (Tag.Begin, Tag.Begin) => ChainModel.BeginBegin,
        (Tag.Begin, Tag.Inside) => ChainModel.BeginInside,
        (Tag.Inside, Tag.Outside) => ChainModel.InsideOutside,
        (Tag.Inside, Tag.Begin) => ChainModel.InsideBegin,
        (Tag.Inside, Tag.Inside) => ChainModel.InsideInside,
        _ => null,
    };

    private static IEnumerable<Tag[]> Sequences(int length) =>
        from number in Enumerable.Range(0, (int)Math.Pow(3, length))
        let tags = Enumerable.Range(0, length).Select(i => (Tag)(number / (int)Math.Pow(3, i) % 3)).ToArray()
        where tags[0] != Tag.Inside && !Enumerable.Range(1, length - 1).Any(i => tags[i] == Tag.Inside && tags[i - 1] == Tag.Outside)
        select tags;
}
