using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Detection;

/// <summary>The article models' features: how the sentences' scores are spread, how dense the proposed spans are, and how much is quoted.</summary>
public static class ArticleFeatures
{
    private static readonly string[] TargetNames = ["loaded", "unsourced", "editorializing", "opinion", "slant"];

    public static string[] Names { get; } =
    [
        .. TargetNames.Select(t => "mean logit " + t),
        .. TargetNames.Select(t => "mean probability " + t),
        .. TargetNames.Select(t => "highest three " + t),
        "wording spans a sentence", "statement spans a sentence", "attributed", "quotation marks", "first person", "second person", "log sentences", "questions", "exclamations",
    ];

    public static int Count => Names.Length;

    public static void Read(Analysis analysis, IReadOnlyList<SentenceReading> readings, in SentenceContext.ArticleFacts facts, Span<float> values)
    {
        var n = Math.Max(1, readings.Count);
        int questions = 0, exclamations = 0;
        Span<double> top = stackalloc double[3];
        for (var t = 0; t < SentenceReading.Targets; t++)
        {
            double logits = 0, probabilities = 0;
            top.Fill(-6);
            foreach (var reading in readings)
            {
                var logit = Math.Clamp(reading.ContextLogits[t], -6, 6);
                logits += logit;
                probabilities += Logistic.Sigmoid(logit);
                Insert(top, logit);
            }

            values[t] = (float)(logits / n);
            values[5 + t] = (float)(probabilities / n);
            values[10 + t] = (float)(readings.Count >= 3 ? (top[0] + top[1] + top[2]) / 3 : top[0]);
        }

        foreach (var reading in readings)
        {
            var last = analysis.Document.Text[analysis.Document.Tokens[analysis.Document.Sentences[reading.Index].EndToken - 1].Start];
            questions += last == '?' ? 1 : 0;
            exclamations += last == '!' ? 1 : 0;
        }

        values[15] = (float)(facts.SpanSums[0] / n);
        values[16] = (float)(facts.SpanSums[1] / n);
        values[17] = (float)facts.Attributed;
        values[18] = (float)Math.Min(10 * facts.Quotes, 1);
        values[19] = (float)Math.Min(1, 30 * facts.FirstPerson);
        values[20] = (float)Math.Min(1, 30 * facts.SecondPerson);
        values[21] = (float)Math.Log(n);
        values[22] = (float)questions / n;
        values[23] = (float)exclamations / n;
    }

    private static void Insert(Span<double> top, double value)
    {
        for (var i = 0; i < top.Length; i++)
        {
            if (value > top[i])
                (top[i], value) = (value, top[i]);
        }
    }
}
