using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Learning;

/// <summary>A feature of a hashed linear model: the row that its hash falls on, and its value.</summary>
public readonly record struct Feature(int Row, float Value);

/// <summary>
/// The weights of several linear models over the same hashed features (feature hashing: Weinberger et al., ICML 2009): a row for each hash
/// value, a column for each model. Rows are a power of two, so that a hash is cut to a row by a mask. Only rows with a weight are stored: a bit
/// map that fits a processor's cache says which, and where; all others share one row of zeros.
/// </summary>
public sealed class WeightTable
{
    /// <summary>Weights a step of vector arithmetic takes; a row is filled up with zeros to a multiple.</summary>
    private const int Lanes = 4;

    private readonly Block[] _blocks;
    private readonly float[] _weights;

    /// <param name="weights">All rows, one after the other.</param>
    public WeightTable(int rows, int columns, float[] weights)
        : this(rows, columns, UsedRows(rows, columns, weights), weights)
    {
    }

    private WeightTable(int rows, int columns, List<int> used, float[] weights)
        : this(rows, columns, used)
    {
        for (var k = 0; k < used.Count; k++)
            weights.AsSpan(used[k] * columns, columns).CopyTo(_weights.AsSpan((k + 1) * Stride));
    }

    private WeightTable(int rows, int columns, List<int> used)
    {
        if (!BitOperations.IsPow2(rows))
            throw new ArgumentException($"{rows} rows: the number must be a power of two.", nameof(rows));
        Rows = rows;
        Columns = columns;
        Stride = (columns + Lanes - 1) / Lanes * Lanes;
        _blocks = new Block[(rows + 63) / 64];
        foreach (var row in used)
            _blocks[row / 64].Used |= 1UL << (row % 64);
        var before = 0;
        foreach (ref var block in _blocks.AsSpan())
        {
            block.Before = before;
            before += BitOperations.PopCount(block.Used);
        }

        _weights = new float[(before + 1) * Stride];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Whether any row is not all zeros.</summary>
    public bool HasWeights => _weights.Length > Stride;

    /// <summary>Whether a model file keeps every weight as it is; otherwise in 255 steps, which takes a fifth of the room.</summary>
    public bool IsExact { get; init; }

    /// <summary>Floats that a buffer for sums must have: the columns, filled up for vector arithmetic.</summary>
    public int Stride { get; }

    /// <summary>A row's weights, by column.</summary>
    public ReadOnlySpan<float> this[int row] => _weights.AsSpan(Place(row), Columns);

    /// <summary>A table whose rows come one by one, in ascending order: those that have a weight.</summary>
    /// <param name="weights">The rows' weights, one row after the other.</param>
    public static WeightTable FromRows(int rows, int columns, List<int> used, ReadOnlySpan<float> weights, bool isExact = false)
    {
        var table = new WeightTable(rows, columns, used) { IsExact = isExact };
        for (var k = 0; k < used.Count; k++)
            weights.Slice(k * columns, columns).CopyTo(table._weights.AsSpan((k + 1) * table.Stride));
        return table;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowOf(ulong hash) => (int)(hash >> 20) & (Rows - 1);

    /// <summary>Adds to each model's sum the weights of the row, times the value.</summary>
    /// <param name="sums">At least <see cref="Stride"/> long.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row, float value, Span<float> sums) => AddAt(Place(row), value, sums);

    /// <param name="place">As <see cref="FindPlaces"/> gave it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddAt(int place, float value, Span<float> sums)
    {
        ref var from = ref _weights[place];
        ref var to = ref MemoryMarshal.GetReference(sums[..Stride]);
        for (nuint c = 0; c < (nuint)Stride; c += Lanes)
            (Vector128.LoadUnsafe(ref to, c) + Vector128.LoadUnsafe(ref from, c) * value).StoreUnsafe(ref to, c);
    }

    /// <summary>The row of a feature whose place will be asked for soon (<see cref="FindPlaces"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowAhead(ulong hash)
    {
        var row = RowOf(hash);
        Prefetch.Of(ref _blocks[row >> 6]);
        return row;
    }

    /// <summary>Puts in the place of each row that of its weights, and has these fetched.</summary>
    public void FindPlaces(Span<int> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Place(rows[i]);
            Prefetch.Of(ref _weights[rows[i]]);
        }
    }

    /// <summary>Where the weights of the feature stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlaceOf(ulong hash) => Place(RowOf(hash));

    /// <summary>All models' weights of the feature, in a table of up to four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Four(ulong hash) => FourAt(PlaceOf(hash));

    /// <param name="place">As <see cref="PlaceOf"/> gave it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> FourAt(int place)
    {
        Debug.Assert(Stride == Lanes, "A table of up to four columns.");
        return Vector128.LoadUnsafe(ref _weights[place]);
    }

    /// <summary>All models' weights of the feature, in a table of five to eight columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Eight(ulong hash) => EightAt(PlaceOf(hash));

    /// <param name="place">As <see cref="PlaceOf"/> gave it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> EightAt(int place)
    {
        Debug.Assert(Stride == 2 * Lanes, "A table of five to eight columns.");
        return Vector256.LoadUnsafe(ref _weights[place]);
    }

    private static List<int> UsedRows(int rows, int columns, float[] weights)
    {
        if (weights.Length != rows * columns)
            throw new ArgumentException($"{weights.Length} weights for {rows} rows of {columns}.", nameof(weights));
        var used = new List<int>();
        for (var row = 0; row < rows; row++)
        {
            if (weights.AsSpan(row * columns, columns).ContainsAnyExcept(0f))
                used.Add(row);
        }

        return used;
    }

    /// <summary>Where a row's weights begin; for a row that has none, where the zeros do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(int row)
    {
        ref readonly var block = ref _blocks[row >> 6];
        var index = block.Before + 1 + BitOperations.PopCount(block.Used & ((1UL << row) - 1));

        // Without a branch: nothing foretells which of a text's pairs of words are known, and a wrong guess costs more than all else here.
        var isUsed = (int)(block.Used >> row) & 1;
        return index * Stride & -isUsed;
    }

    /// <summary>Which of 64 rows are stored, and how many of the rows before them.</summary>
    private struct Block
    {
        public ulong Used;
        public int Before;
    }
}
