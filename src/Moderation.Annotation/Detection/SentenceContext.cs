using Moderation.Annotation.Attribution;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>What the first pass and the tagger found in one sentence.</summary>
public sealed class SentenceReading
{
    public const int Targets = 5;

    public required int Index { get; init; }

    /// <summary>First-pass logits, by <see cref="SentenceTarget"/>, and that of <see cref="SentenceTarget.Claim"/> last.</summary>
    public required double[] Logits { get; init; }

    // All that later stages find, in one array: an article has many readings.
    private readonly double[] _found = new double[2 + 2 + Targets];

    /// <summary>Expected number of spans, and the probability of the likeliest, by <see cref="SpanLayer"/>.</summary>
    public Span<double> ExpectedSpans => _found.AsSpan(0, 2);

    public Span<double> LikeliestSpan => _found.AsSpan(2, 2);

    /// <summary>Spans proposed by the tagger, by <see cref="SpanLayer"/>, in tokens of the document.</summary>
    public ChainSpan[][] Proposed { get; } = [[], []];

    /// <summary>Second-pass logits, by target.</summary>
    public Span<double> ContextLogits => _found.AsSpan(4, Targets);

    /// <summary>Second-pass logit of a fault of any family, were families independent of each other.</summary>
    public double AnyFaultLogit()
    {
        var none = 1.0;
        for (var family = SentenceTarget.LoadedLanguage; family <= SentenceTarget.Editorializing; family++)
            none *= 1 - Logistic.Sigmoid(ContextLogits[(int)family]);
        return Logistic.Logit(1 - none);
    }
}

/// <summary>
/// The second pass's features: a sentence's own first scores, its neighbours', the whole article's, and where and how it stands. The article's
/// mean leaves the sentence itself out, so that it is context and not an echo.
/// </summary>
public static class SentenceContext
{
    private static readonly string[] TargetNames = ["loaded", "unsourced", "editorializing", "opinion", "slant"];

    public static string[] Names { get; } =
    [
        .. TargetNames.Select(t => "sentence " + t),
        "sentence slant, squared", "sentence opinion, squared",
        .. TargetNames.Select(t => "neighbours " + t),
        .. TargetNames.Select(t => "article " + t),
        "sentence opinion × article opinion", "sentence loaded × article loaded",
        "expected wording spans", "likeliest wording span", "expected statement spans", "likeliest statement span",
        "article wording spans a sentence", "article statement spans a sentence",
        "attributed", "article attributed", "quotation marks in sentence", "quotation marks in article",
        "first paragraph", "last paragraphs", "place in article", "log length", "log sentences", "ends in question mark", "ends in exclamation mark",
        "first person in article", "second person in article", "numbers in sentence", "names in sentence",
    ];

    public static int Count => Names.Length;

    /// <summary>Facts about the article that every sentence's features share.</summary>
    public readonly record struct ArticleFacts(double[] LogitSums, double[] SpanSums, double Attributed, double Quotes, double FirstPerson, double SecondPerson, int Sentences);

    public static ArticleFacts FactsOf(Analysis analysis, IReadOnlyList<SentenceReading> readings)
    {
        var sums = new double[SentenceReading.Targets];
        var spans = new double[2];
        int others = 0, quotes = 0, first = 0, second = 0, tokens = 0;
        foreach (var reading in readings)
        {
            for (var t = 0; t < sums.Length; t++)
                sums[t] += Squash(reading.Logits[t]);
            spans[0] += reading.ExpectedSpans[0];
            spans[1] += reading.ExpectedSpans[1];
            var sentence = analysis.Document.Sentences[reading.Index];
            for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            {
                tokens++;
                if (analysis.Voices[i] is Voice.Quoted or Voice.Indirect)
                    others++;
                else if (Pronouns.PersonOf(analysis.Forms[i]) is var person and > 0)
                    (first, second) = person == 1 ? (first + 1, second) : (first, second + 1);
                if (analysis.Document.Tokens[i].Kind == TokenKind.QuoteMark)
                    quotes++;
            }
        }

        var rate = 1.0 / Math.Max(1, tokens);
        return new ArticleFacts(sums, spans, others * rate, quotes * rate, first * rate, second * rate, readings.Count);
    }

    public static void Read(Analysis analysis, IReadOnlyList<SentenceReading> readings, int k, in ArticleFacts facts, Span<float> values)
    {
        var reading = readings[k];
        var sentence = analysis.Document.Sentences[reading.Index];
        var at = 0;
        void Put(Span<float> target, double value) => target[at++] = (float)value;

        for (var t = 0; t < SentenceReading.Targets; t++)
            Put(values, reading.Logits[t]);
        Put(values, Squared(Math.Max(0, reading.Logits[(int)SentenceTarget.Slant] + 3)) / 10);
        Put(values, Squared(Math.Max(0, reading.Logits[(int)SentenceTarget.Opinion] + 3)) / 10);
        for (var t = 0; t < SentenceReading.Targets; t++)
            Put(values, Neighbours(readings, k, t));
        var others = Math.Max(1, facts.Sentences - 1);
        var alone = facts.Sentences < 2;
        double Article(ArticleFacts f, int t) => alone ? 0 : (f.LogitSums[t] - Squash(reading.Logits[t])) / others;
        for (var t = 0; t < SentenceReading.Targets; t++)
            Put(values, Article(facts, t));
        Put(values, reading.Logits[3] * Article(facts, 3));
        Put(values, reading.Logits[0] * Article(facts, 0));
        Put(values, reading.ExpectedSpans[0]);
        Put(values, reading.LikeliestSpan[0]);
        Put(values, reading.ExpectedSpans[1]);
        Put(values, reading.LikeliestSpan[1]);
        Put(values, alone ? 0 : (facts.SpanSums[0] - reading.ExpectedSpans[0]) / others);
        Put(values, alone ? 0 : (facts.SpanSums[1] - reading.ExpectedSpans[1]) / others);

        int quotes = 0, numbers = 0, names = 0, mine = 0;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            mine += analysis.Voices[i] is Voice.Quoted or Voice.Indirect ? 0 : 1;
            quotes += analysis.Document.Tokens[i].Kind == TokenKind.QuoteMark ? 1 : 0;
            numbers += analysis.Document.Tokens[i].Kind == TokenKind.Number ? 1 : 0;
            names += analysis.Forms[i] == Analysis.NameForm ? 1 : 0;
        }

        Put(values, 1 - (double)mine / sentence.TokenCount);
        Put(values, alone ? 0 : facts.Attributed);
        Put(values, Math.Min(quotes, 2));
        Put(values, alone ? 0 : Math.Min(10 * facts.Quotes, 1));
        var paragraphs = analysis.Document.Paragraphs.Length;
        Put(values, !alone && sentence.Paragraph == 0 ? 1 : 0);
        Put(values, !alone && sentence.Paragraph >= paragraphs - 2 ? 1 : 0);
        Put(values, alone ? 0 : (double)k / facts.Sentences);
        Put(values, Math.Log(sentence.TokenCount));
        Put(values, Math.Log(facts.Sentences));
        var last = analysis.Document.Text[analysis.Document.Tokens[sentence.EndToken - 1].Start];
        Put(values, last == '?' ? 1 : 0);
        Put(values, last == '!' ? 1 : 0);
        Put(values, Math.Min(1, 30 * facts.FirstPerson));
        Put(values, Math.Min(1, 30 * facts.SecondPerson));
        Put(values, Math.Min(3, numbers));
        Put(values, Math.Min(4, names));
    }

    /// <summary>Logits pressed into ±4, so that one extreme sentence does not make an article's mean.</summary>
    private static double Squash(double logit) => Math.Clamp(logit, -4, 4);

    private static double Squared(double value) => value * value;

    private static double Neighbours(IReadOnlyList<SentenceReading> readings, int k, int target)
    {
        double sum = 0, weight = 0;
        for (var offset = -2; offset <= 2; offset++)
        {
            if (offset == 0 || k + offset < 0 || k + offset >= readings.Count)
                continue;
            var w = Math.Abs(offset) == 1 ? 1 : 0.5;
            sum += w * Squash(readings[k + offset].Logits[target]);
            weight += w;
        }

        return weight > 0 ? sum / weight : 0;
    }
}

/// <summary>Pronouns by the hash of their form.</summary>
internal static class Pronouns
{
    private static readonly HashTable<int> Persons = Read(
        ["i", "me", "my", "mine", "we", "us", "our", "ours", "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'll"],
        ["you", "your", "yours", "you're", "you've", "you'll"]);

    /// <summary>1 for pronouns of the first person, 2 for those of the second, 0 for any other word.</summary>
    public static int PersonOf(ulong form) => Persons.TryGet(form, out var person) ? person : 0;

    private static HashTable<int> Read(string[] first, string[] second)
    {
        var persons = new HashTable<int>();
        foreach (var word in first)
            persons.GetOrAdd(NormalForm.Hash(word), out _) = 1;
        foreach (var word in second)
            persons.GetOrAdd(NormalForm.Hash(word), out _) = 2;
        return persons;
    }
}
