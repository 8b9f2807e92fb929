using Microsoft.ML.Data;
using Moderation.Annotation.Learning;
using Moderation.Training;

namespace Moderation.MLNet;

/// <summary>The project's features as ML.NET takes them: a sparse vector with a slot for every row of the built-in weight table.</summary>
internal static class SparseFeatures
{
    /// <summary>Name of the column that holds them.</summary>
    public const string Column = "Features";

    public const int Slots = DetectionTrainer.SentenceRows;

    public static VectorDataViewType Type { get; } = new(NumberDataViewType.Single, Slots);

    /// <summary>A vector's slots must rise: features are sorted, and those of one slot added up.</summary>
    /// <param name="features">Are left sorted.</param>
    /// <param name="isUsed">Which slots go in; all where it is null.</param>
    /// <param name="vector">Is written over, its memory used again.</param>
    public static void Read(Span<Feature> features, ReadOnlySpan<bool> isUsed, ref VBuffer<float> vector)
    {
        // Of one slot in their order, so that the sum is the same each time.
        features.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        var editor = VBufferEditor.Create(ref vector, Slots, Math.Min(features.Length, Slots));
        var count = 0;
        foreach (var feature in features)
        {
            if (!isUsed.IsEmpty && !isUsed[feature.Row])
                continue;
            if (count > 0 && editor.Indices[count - 1] == feature.Row)
            {
                editor.Values[count - 1] += feature.Value;
                continue;
            }

            (editor.Indices[count], editor.Values[count]) = (feature.Row, feature.Value);
            count++;
        }

        vector = editor.CommitTruncated(count);
    }
}
