using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Detection;

/// <summary>Adds up the weights of features as they are read.</summary>
internal readonly ref struct SumSink(WeightTable table, Span<float> sums) : IFeatureSink
{
    private readonly Span<float> _sums = sums;

    public void Add(Template template, int offset, ulong value, float weight = 1) =>
        table.Add(table.RowOf(FeatureHash.Of(template, offset, value)), weight, _sums);
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
