using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Attribution;
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
        .. TargetNames.Select(t => "log expected sentences " + t),
        "log expected wording spans", "log expected statement spans",
        "log strong lexicon words", "log ordinary lexicon words", "strong lexicon words a word", "ordinary lexicon words a word", "ideology and power words a word", "moral and emotional words a word",
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
            values[15 + t] = (float)Math.Log(1 + probabilities);
            values[10 + t] = (float)(readings.Count >= 3 ? (top[0] + top[1] + top[2]) / 3 : top[0]);
        }

        foreach (var reading in readings)
        {
            var last = analysis.Document.Text[analysis.Document.Tokens[analysis.Document.Sentences[reading.Index].EndToken - 1].Start];
            questions += last == '?' ? 1 : 0;
            exclamations += last == '!' ? 1 : 0;
        }

        values[20] = (float)Math.Log(1 + facts.SpanSums[0]);
        values[21] = (float)Math.Log(1 + facts.SpanSums[1]);
        ReadWords(analysis, readings, values[22..28]);
        values[28] = (float)(facts.SpanSums[0] / n);
        values[29] = (float)(facts.SpanSums[1] / n);
        values[30] = (float)facts.Attributed;
        values[31] = (float)Math.Min(10 * facts.Quotes, 1);
        values[32] = (float)Math.Min(1, 30 * facts.FirstPerson);
        values[33] = (float)Math.Min(1, 30 * facts.SecondPerson);
        values[34] = (float)Math.Log(n);
        values[35] = (float)questions / n;
        values[36] = (float)exclamations / n;
    }

    /// <summary>How many of the author's words the lexicon has, and how many are of the classes that partisan text is full of.</summary>
    private static void ReadWords(Analysis analysis, IReadOnlyList<SentenceReading> readings, Span<float> values)
    {
        var power = analysis.Lists.PowerMask;
        var moral = analysis.Lists.MoralMask;
        int strong = 0, ordinary = 0, powers = 0, morals = 0, words = 0;
        foreach (var reading in readings)
        {
            var sentence = analysis.Document.Sentences[reading.Index];
            for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            {
                if (analysis.Voices[i] is Voice.Quoted or Voice.Indirect || !analysis.Document.Tokens[i].IsWord)
                    continue;
                words++;
                powers += (analysis.Words[i].Classes & power) != 0 ? 1 : 0;
                morals += (analysis.Words[i].Classes & moral) != 0 ? 1 : 0;
                if (analysis.Lexical[i] is { Begins: true, Literal: false } mark)
                {
                    strong += mark.Strength >= LexiconEntry.Strong ? 1 : 0;
                    ordinary += mark.Strength is >= LexiconEntry.Charged and < LexiconEntry.Strong ? 1 : 0;
                }
            }
        }

        var rate = 100f / Math.Max(20, words);
        values[0] = MathF.Log(1 + strong);
        values[1] = MathF.Log(1 + ordinary);
        values[2] = strong * rate;
        values[3] = ordinary * rate;
        values[4] = powers * rate;
        values[5] = morals * rate;
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
