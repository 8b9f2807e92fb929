using System.Runtime.CompilerServices;
using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Detection;

/// <summary>Notes the rows of features, and what the weights of each are to be multiplied by, so that all of them can be fetched before they are added up.</summary>
internal ref struct RowsAheadSink(WeightTable table, Span<int> rows, Span<float> values) : IFeatureSink
{
    private readonly Span<int> _rows = rows;
    private readonly Span<float> _values = values;

    public int Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Template template, int offset, ulong value, float weight = 1)
    {
        _rows[Count] = table.RowAhead(FeatureHash.Of(template, offset, value));
        _values[Count++] = weight;
    }
}

/// <summary>Collects the rows and values of features, for training.</summary>
/// <param name="templates">The kinds of feature to collect, a bit each; the others are passed over.</param>
public readonly struct RowSink(int rows, List<Feature> features, ulong templates = ulong.MaxValue) : IFeatureSink
{
    public void Add(Template template, int offset, ulong value, float weight = 1)
    {
        if ((templates >> (int)template & 1) != 0)
            features.Add(new Feature((int)(FeatureHash.Of(template, offset, value) >> 20) & (rows - 1), weight));
    }
}
