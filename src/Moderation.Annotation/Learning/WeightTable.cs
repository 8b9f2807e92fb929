using System.Numerics;
using System.Runtime.CompilerServices;

namespace Moderation.Annotation.Learning;

/// <summary>A feature of a hashed linear model: the row that its hash falls on, and its value.</summary>
public readonly record struct Feature(int Row, float Value);

/// <summary>
/// The weights of several linear models over the same hashed features (feature hashing: Weinberger et al., ICML 2009): a row for each hash
/// value, a column for each model. Rows are a power of two, so that a hash is cut to a row by a mask.
/// </summary>
public sealed class WeightTable
{
    private readonly float[] _weights;

    public WeightTable(int rows, int columns, float[] weights)
    {
        if (!BitOperations.IsPow2(rows))
            throw new ArgumentException($"{rows} rows: the number must be a power of two.", nameof(rows));
        if (weights.Length != rows * columns)
            throw new ArgumentException($"{weights.Length} weights for {rows} rows of {columns}.", nameof(weights));
        Rows = rows;
        Columns = columns;
        _weights = weights;
    }

    public int Rows { get; }

    public int Columns { get; }

    public ReadOnlySpan<float> Weights => _weights;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowOf(ulong hash) => (int)(hash >> 20) & (Rows - 1);

    public ReadOnlySpan<float> this[int row] => _weights.AsSpan(row * Columns, Columns);

    /// <summary>Adds to each model's sum the weights of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, float value, Span<float> sums)
    {
        var weights = _weights.AsSpan(row * Columns, Columns);
        for (var c = 0; c < weights.Length; c++)
            sums[c] += value * weights[c];
    }
}
