namespace Moderation.Training.Learners;

/// <summary>Sparse binary examples over a short, dense numbering of their features (<see cref="SparseExamples.Number"/>).</summary>
/// <param name="NumberOfRow">The number of each row of the weight table; -1 where it has none.</param>
public sealed record NumberedExamples(int[] Offsets, int[] Features, int[] NumberOfRow, int FeatureCount)
{
    public ReadOnlySpan<int> this[int example] => Features.AsSpan(Offsets[example], Offsets[example + 1] - Offsets[example]);
}
