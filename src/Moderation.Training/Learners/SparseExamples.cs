using Moderation.Annotation.Learning;

namespace Moderation.Training.Learners;

/// <summary>Sparse examples, one after the other: the features of example i lie from Offsets[i] to Offsets[i + 1].</summary>
public sealed class SparseExamples
{
    private readonly List<int> _offsets = [0];
    private readonly List<Feature> _features = [];

    public int Count => _offsets.Count - 1;

    /// <summary>The list to which a <see cref="Annotation.Detection.RowSink"/> adds the features of the next example.</summary>
    public List<Feature> Features => _features;

    public void Close() => _offsets.Add(_features.Count);

    public ReadOnlySpan<Feature> this[int example] =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_features)[_offsets[example].._offsets[example + 1]];

    /// <summary>
    /// Numbers the rows that occur in at least so many of the chosen examples: a short, dense numbering to learn over. Other rows get -1.
    /// </summary>
    public (int[] NumberOfRow, int Count) NumberRows(IReadOnlyList<int> examples, int rows, int minOccurrences)
    {
        var occurrences = new int[rows];
        foreach (var example in examples)
        {
            foreach (var feature in this[example])
                occurrences[feature.Row]++;
        }

        var numbers = new int[rows];
        var count = 0;
        for (var row = 0; row < rows; row++)
            numbers[row] = occurrences[row] >= minOccurrences ? count++ : -1;
        return (numbers, count);
    }

    /// <summary>
    /// The examples by the numbers of their rows, in one array, for learners that pass over them many times; rows that occur too seldom and the
    /// features' values (all 1) are left out.
    /// </summary>
    /// <param name="counted">The examples in which a row must occur often enough.</param>
    public NumberedExamples Number(IReadOnlyList<int> counted, int rows, int minOccurrences)
    {
        var (numbers, count) = NumberRows(counted, rows, minOccurrences);
        var offsets = new int[Count + 1];
        var features = new List<int>(_features.Count);
        for (var example = 0; example < Count; example++)
        {
            foreach (var feature in this[example])
            {
                if (numbers[feature.Row] >= 0)
                    features.Add(numbers[feature.Row]);
            }

            offsets[example + 1] = features.Count;
        }

        return new NumberedExamples(offsets, [.. features], numbers, count);
    }
}
