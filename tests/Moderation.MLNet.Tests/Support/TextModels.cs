using Microsoft.ML;
using Microsoft.ML.Data;

namespace Moderation.MLNet.Tests.Support;

/// <summary>Text classifiers as a newsroom might train them with ML.NET, with no thought of this program.</summary>
internal static class TextModels
{
    /// <summary>How often each sentence is shown, so that the few there are make a model that is sure of them.</summary>
    private const int Repeats = 20;

    private static readonly string[] Clickbait =
    [
        "You will not believe what the mayor did next.", "This one trick will save your garden.", "What happened then will shock you.", "Doctors hate this one simple trick.",
        "You won't believe how the vote ended.", "The reason will shock you.", "This simple trick changed everything.", "What she did next is unbelievable.",
    ];

    private static readonly string[] Plain =
    [
        "The council met on Monday.", "The budget was approved by seven votes to four.", "Rain is expected in the north on Friday.", "The bridge will be closed for repairs in May.",
        "The mayor opened the library on Tuesday.", "Shares closed two percent lower.", "The court will hear the case in June.", "The school has 400 pupils.",
    ];

    /// <summary>Features of the text and logistic regression: a probability of yes.</summary>
    public static void SaveBinary(string path)
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable(Rows(static yes => new BinaryRow { Text = yes.Text, Label = yes.IsClickbait }));
        var pipeline = context.Transforms.Text.FeaturizeText("Features", nameof(BinaryRow.Text)).Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression());
        context.Model.Save(pipeline.Fit(data), data.Schema, path);
    }

    /// <summary>As model builders make them: labels as text, mapped to keys; a score for each class.</summary>
    public static void SaveMulticlass(string path)
    {
        var context = new MLContext(seed: 1);
        var data = context.Data.LoadFromEnumerable(Rows(static yes => new MulticlassRow { Sentence = yes.Text, Kind = yes.IsClickbait ? "clickbait" : "plain" }));
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(MulticlassRow.Kind))
            .Append(context.Transforms.Text.FeaturizeText("Features", nameof(MulticlassRow.Sentence)))
            .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        context.Model.Save(pipeline.Fit(data), data.Schema, path);
    }

    private static List<T> Rows<T>(Func<(string Text, bool IsClickbait), T> row) =>
        [.. Enumerable.Repeat(Clickbait.Select(text => row((text, true))).Concat(Plain.Select(text => row((text, false)))), Repeats).SelectMany(rows => rows)];

    private sealed class BinaryRow
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }

    private sealed class MulticlassRow
    {
        public string Sentence { get; set; } = "";

        public string Kind { get; set; } = "";
    }
}
