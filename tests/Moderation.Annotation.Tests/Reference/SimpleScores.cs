using Moderation.Annotation.Detection;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests.Reference;

/// <summary>
/// Scores of the hashed models the plain way: all features of a sentence or token as training sees them, one by one, each weight looked up
/// and added as a double. Nothing is cached, shared or vectorised.
/// </summary>
internal static class SimpleScores
{
    public static double[] OfSentence(Analysis analysis, in Sentence sentence, WeightTable table, float[] biases)
    {
        var features = new List<Feature>();
        var sink = new RowSink(table.Rows, features);
        SentenceFeatures.Read(analysis, sentence, ref sink);
        return Sum(table, features, biases);
    }

    public static double[] OfToken(Analysis analysis, in Sentence sentence, int token, WeightTable table)
    {
        var features = new List<Feature>();
        var sink = new RowSink(table.Rows, features);
        TaggerFeatures.Read(analysis, sentence, token, ref sink);
        return Sum(table, features, new float[table.Columns]);
    }

    private static double[] Sum(WeightTable table, List<Feature> features, float[] biases)
    {
        var sums = Array.ConvertAll(biases, bias => (double)bias);
        foreach (var feature in features)
        {
            for (var column = 0; column < sums.Length; column++)
                sums[column] += (double)feature.Value * table[feature.Row][column];
        }

        return sums;
    }
}
