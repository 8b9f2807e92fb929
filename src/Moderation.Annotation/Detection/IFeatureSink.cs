using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>Takes features as they are read: to add up weights, to collect rows for training, or to explain a score.</summary>
public interface IFeatureSink
{
    void Add(Template template, int offset, ulong value, float weight = 1);
}

/// <summary>The hash under which a feature is known to every model.</summary>
public static class FeatureHash
{
    public static ulong Of(Template template, int offset, ulong value) =>
        NormalForm.Mix(value + ((ulong)template << 56) + ((ulong)(byte)(offset + 64) << 48) + 0x9E3779B97F4A7C15 * ((ulong)template + 1));
}
