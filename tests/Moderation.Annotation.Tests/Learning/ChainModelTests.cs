using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Tests.Learning;

/// <summary>The chain model against all tag sequences written out, on inputs short enough for that.</summary>
public sealed class ChainModelTests
{
    private const int Outside = 0, Begin = 1, Inside = 2;

    public static TheoryData<int, int> Chains { get; } = new(from length in Enumerable.Range(1, 6) from seed in Enumerable.Range(1, 4) select (length, seed));

    [Theory]
    [MemberData(nameof(Chains))]
    public void Run_AnyScores_PartitionIsTheSumOverAllSequences(int length, int seed)
    {
        var (chain, scores, lattice) = RandomChain(length, seed);

        chain.Run(scores, lattice);

        Assert.Equal(Math.Log(Sequences(length).Sum(tags => Weight(tags, chain, scores))), lattice.LogZ, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Run_AnyScores_MarginalsAreThoseOfAllSequences(int length, int seed)
    {
        var (chain, scores, lattice) = RandomChain(length, seed);
        var all = Sequences(length).Select(tags => (Tags: tags, Weight: Weight(tags, chain, scores))).ToList();
        var z = all.Sum(sequence => sequence.Weight);

        chain.Run(scores, lattice);

        for (var i = 0; i < length; i++)
        {
            var (outside, begin, inside) = lattice.Probabilities(i);
            double Share(int tag) => all.Where(sequence => sequence.Tags[i] == tag).Sum(sequence => sequence.Weight) / z;
            Assert.Equal(Share(Outside), outside, 1e-5);
            Assert.Equal(Share(Begin), begin, 1e-5);
            Assert.Equal(Share(Inside), inside, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Propose_AnyScores_GivesTheLikeliestSpanFromEachToken(int length, int seed)
    {
        var (chain, scores, lattice) = RandomChain(length, seed);
        var all = Sequences(length).Select(tags => (Tags: tags, Weight: Weight(tags, chain, scores))).ToList();
        var z = all.Sum(sequence => sequence.Weight);
        var spans = new List<ChainSpan>();

        chain.Run(scores, lattice);
        chain.Propose(lattice, 0, spans);

        Assert.Equal(Enumerable.Range(0, length), spans.Select(span => span.First));
        foreach (var span in spans)
        {
            double Share(int end) => all.Where(sequence => SpanEnd(sequence.Tags, span.First) == end).Sum(sequence => sequence.Weight) / z;
            var best = Enumerable.Range(span.First + 1, length - span.First).Max(Share);
            Assert.Equal(best, Share(span.End), 1e-6);
            Assert.Equal(best, span.Begin * span.Extent, 1e-5);
            Assert.Equal(Enumerable.Range(span.First + 1, length - span.First).Sum(Share), span.Begin, 1e-5);
        }
    }

    [Fact]
    public void Propose_Threshold_LeavesOutWhatIsLessLikely()
    {
        var chain = new ChainModel(new float[ChainModel.TransitionCount]);
        var lattice = new ChainLattice();
        float[] scores = [4, 0, -4, 0, -4, 0];
        var spans = new List<ChainSpan>();

        chain.Run(scores, lattice);
        chain.Propose(lattice, 0.5, spans);

        Assert.Equal(0, Assert.Single(spans).First);
    }

    [Fact]
    public void Run_ExtremeScores_StaysFinite()
    {
        var (chain, _, lattice) = RandomChain(1, 1);
        var scores = Enumerable.Range(0, 600).Select(i => i % 3 == 0 ? 500f : -500f).ToArray();
        var spans = new List<ChainSpan>();

        chain.Run(scores, lattice);
        chain.Propose(lattice, 0.01, spans);

        Assert.True(double.IsFinite(lattice.LogZ));
        Assert.All(spans, span => Assert.InRange(span.Begin * span.Extent, 0, 1 + 1e-4));
    }

    [Fact]
    public void Run_LatticeUsedBefore_GivesTheSame()
    {
        var (chain, scores, lattice) = RandomChain(5, 7);
        chain.Run(scores, lattice);
        var fresh = lattice.LogZ;

        chain.Run(Enumerable.Repeat(1f, 400).ToArray(), lattice);
        chain.Run(scores, lattice);

        Assert.Equal(fresh, lattice.LogZ);
    }

    [Fact]
    public void Constructor_WrongNumberOfTransitions_Throws() => Assert.Throws<ArgumentException>(() => new ChainModel(new float[3]));

    private static (ChainModel Chain, float[] Scores, ChainLattice Lattice) RandomChain(int length, int seed)
    {
        var random = new Random(seed);
        float Next() => (float)(random.NextDouble() * 4 - 2);
        var transitions = Enumerable.Range(0, ChainModel.TransitionCount).Select(_ => Next()).ToArray();
        return (new ChainModel(transitions), [.. Enumerable.Range(0, 2 * length).Select(_ => Next())], new ChainLattice());
    }

    /// <summary>Every sequence of tags in which no inside follows an outside or stands first.</summary>
    private static IEnumerable<int[]> Sequences(int length) =>
        from number in Enumerable.Range(0, (int)Math.Pow(3, length))
        let tags = Enumerable.Range(0, length).Select(i => number / (int)Math.Pow(3, i) % 3).ToArray()
        where tags[0] != Inside && !Enumerable.Range(1, length - 1).Any(i => tags[i] == Inside && tags[i - 1] == Outside)
        select tags;

    private static double Weight(int[] tags, ChainModel chain, float[] scores)
    {
        double log = 0;
        for (var i = 0; i < tags.Length; i++)
        {
            log += tags[i] switch { Begin => scores[2 * i], Inside => scores[2 * i + 1], _ => 0 };
            if (i > 0 && TransitionOf(tags[i - 1], tags[i]) is { } transition)
                log += chain.Transitions[transition];
        }

        return Math.Exp(log);
    }

    private static int? TransitionOf(int from, int to) => (from, to) switch
    {
        (Outside, Begin) => ChainModel.OutsideBegin,
        (Begin, Outside) => ChainModel.BeginOutside,
        (Begin, Begin) => ChainModel.BeginBegin,
        (Begin, Inside) => ChainModel.BeginInside,
        (Inside, Outside) => ChainModel.InsideOutside,
        (Inside, Begin) => ChainModel.InsideBegin,
        (Inside, Inside) => ChainModel.InsideInside,
        _ => null,
    };

    /// <summary>The end of the span that begins at the token; -1 where none does.</summary>
    private static int SpanEnd(int[] tags, int first)
    {
        if (tags[first] != Begin)
            return -1;
        var end = first + 1;
        while (end < tags.Length && tags[end] == Inside)
            end++;
        return end;
    }
}
