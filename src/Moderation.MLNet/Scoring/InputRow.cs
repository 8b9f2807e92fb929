using Microsoft.ML;
using Microsoft.ML.Data;

namespace Moderation.MLNet.Scoring;

/// <summary>
/// A row of which one column has a value, set from outside. All others, which a saved model may still list though scoring needs none of them,
/// give their type's default.
/// </summary>
internal sealed class InputRow<T>(DataViewSchema schema, DataViewSchema.Column column) : DataViewRow
{
    private T _value = default!;
    private long _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Puts the next value in place; what was computed from the one before is out of date.</summary>
    public void Set(T value)
    {
        _value = value;
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column which) => true;

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column which)
    {
        if (which.Index != column.Index)
            return static (ref TValue value) => value = default!;
        ValueGetter<T> getter = Get;
        return (ValueGetter<TValue>)(object)getter;
    }

    private void Get(ref T value) => value = _value;
}
