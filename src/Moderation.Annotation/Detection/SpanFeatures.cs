using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Learning;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// What the span model weighs: how sure the tagger is, what the lexicon says and, of a statement, how slanted its sentence is. Wording is judged
/// by itself, and neither by the article as a whole: within a slanted article anything looks guilty, and on other outlets' articles that misleads.
/// </summary>
public static class SpanFeatures
{
    /// <summary>Classes of words that tell charged wording from plain, in groups.</summary>
    private static readonly (string Name, string[] Classes)[] ClassGroups =
    [
        ("strong evaluation", ["eval-pos-strong", "eval-neg-strong", "hyperbole-noun", "comparative-judgement"]),
        ("mild evaluation", ["eval-pos-mild", "eval-neg-mild"]),
        ("emotion and morals", ["emotion", "moral"]),
        ("emphasis", ["intensifier", "certainty", "downtoner"]),
        ("ideology and power", ["ideology", "power-noun"]),
        ("conflict and metaphor", ["conflict-verb", "motion-verb-figurative", "metaphor-war", "metaphor-disease-disaster", "metaphor-animal"]),
        ("attitude", ["colloquial", "sarcasm-marker", "rhetorical", "diminutive", "speech-verb-loaded"]),
        ("plain things and acts", ["concrete-noun", "plain-event-verb", "procedure", "person-role", "organisation-noun", "document-noun", "time-word", "measure-unit", "quantity", "speech-verb-neutral"]),
        ("violence and law", ["violence-literal", "legal"]),
        ("thought and intention", ["cognition-verb", "intention-verb"]),
        ("cause and argument", ["causation-verb", "connective-argument", "modal-obligation"]),
    ];

    private static readonly string[] TargetNames = ["loaded", "unsourced", "editorializing", "opinion", "slant"];

    public static string[] Names { get; } =
    [
        "tagger: begins here", "tagger: these borders", "tagger: begins here, squared",
        .. Enumerable.Range(1, LexiconEntry.MaxStrength).Select(s => $"lexicon strength {s}"), "lexicon: literal context nearby", "lexicon: loaded language", "lexicon: sourcing", "lexicon: editorializing",
        "share of words in the lexicon",
        .. TargetNames.Select(t => "statement's sentence in context: " + t),
        "log length", "whole sentence", "starts the sentence", "reaches the sentence's end", "first paragraph", "sentence attributed", "holds a name", "holds a number", "one capitalised word",
        "other spans proposed in the sentence", "inside or around a span of the other layer", "short text",
        .. ClassGroups.Select(group => "words of class " + group.Name),
        "a word in no list", "only plain words",
    ];

    public static int Count => Names.Length;

    public static void Read(Analysis analysis, IReadOnlyList<SentenceReading> readings, in SentenceContext.ArticleFacts facts, SpanCandidate candidate, Span<float> values)
    {
        var reading = readings[candidate.Reading];
        var sentence = analysis.Document.Sentences[candidate.Sentence];
        values.Clear();
        var begin = Math.Clamp(Logistic.Logit(candidate.Begin), -5, 6);
        values[0] = (float)begin;
        values[1] = (float)Math.Max(-4, Math.Log(candidate.Extent + 1e-9));
        values[2] = (float)(begin * begin / 8);

        int strength = 0, covered = 0, names = 0, numbers = 0;
        for (var i = candidate.FirstToken; i < candidate.EndToken; i++)
        {
            ref readonly var mark = ref analysis.Lexical[i];
            if (mark.Strength > 0)
            {
                covered++;
                if (mark.Literal)
                    values[9] = 1;
                if (mark.Strength > strength)
                    strength = mark.Strength;
                values[10 + (int)((Label)(mark.LabelPlusOne - 1)).Family()] = 1;
            }

            names += analysis.Forms[i] == Analysis.NameForm ? 1 : 0;
            numbers += analysis.Document.Tokens[i].Kind == TokenKind.Number ? 1 : 0;
        }

        if (strength > 0)
            values[2 + strength] = 1;
        var length = candidate.EndToken - candidate.FirstToken;
        values[13] = (float)covered / length;
        if (candidate.Layer == SpanLayer.Statement)
        {
            for (var t = 0; t < SentenceReading.Targets; t++)
                values[14 + t] = (float)Math.Clamp(reading.ContextLogits[t], -6, 6);
        }

        values[19] = MathF.Log(length);
        var lastWord = sentence.EndToken;
        while (lastWord > sentence.FirstToken && !analysis.Document.Tokens[lastWord - 1].IsWord)
            lastWord--;
        var starts = candidate.FirstToken <= sentence.FirstToken + 1;
        var ends = candidate.EndToken >= lastWord;
        values[20] = starts && ends ? 1 : 0;
        values[21] = starts ? 1 : 0;
        values[22] = ends ? 1 : 0;
        values[23] = sentence.Paragraph == 0 && analysis.Document.Paragraphs.Length > 2 ? 1 : 0;
        values[24] = (float)SharedVoice(analysis, sentence);
        values[25] = names > 0 ? 1 : 0;
        values[26] = numbers > 0 ? 1 : 0;
        values[27] = length == 1 && analysis.Document.Tokens[candidate.FirstToken].Is(TokenShape.Capitalised) && !analysis.Document.Tokens[candidate.FirstToken].Is(TokenShape.SentenceInitial) ? 1 : 0;
        values[28] = (float)Math.Min(3, reading.ExpectedSpans[(int)candidate.Layer] - candidate.Begin);
        values[29] = (float)OtherLayer(reading, candidate);
        values[30] = facts.Sentences < 2 * ByLength<int>.MinSentences ? 1 : 0;
        ReadClasses(analysis, candidate, values[31..]);
    }

    private static void ReadClasses(Analysis analysis, SpanCandidate candidate, Span<float> values)
    {
        var charged = false;
        for (var i = candidate.FirstToken; i < candidate.EndToken; i++)
        {
            if (!analysis.Document.Tokens[i].IsWord)
                continue;
            ref readonly var word = ref analysis.Words[i];
            charged |= analysis.Lexical[i].Strength > 0;
            if (!word.IsKnown && analysis.Lexical[i].Strength == 0 && analysis.Forms[i] != Analysis.NameForm)
                values[ClassGroups.Length] = 1;
            for (var group = 0; group < ClassGroups.Length; group++)
            {
                if ((word.Classes & analysis.Lists.SpanClassMasks[group]) == 0)
                    continue;
                values[group] = 1;
                charged |= group <= 6;
            }
        }

        values[ClassGroups.Length + 1] = charged ? 0 : 1;
    }

    /// <summary>The bits of each group's classes, looked up once for the word lists in use.</summary>
    internal static UInt128[] ClassMasks(WordClasses classes) => Array.ConvertAll(ClassGroups, group => classes.MaskOf(group.Classes));

    /// <summary>Most features that <see cref="ReadLabel"/> gives of a span of so many tokens: seven a token, its classes, and what the span as a whole has.</summary>
    internal static int MaxLabelFeatures(int tokens) => 7 * tokens + 6 * 128 + Labels.Count + 16;

    /// <summary>Features of a span that tell its label.</summary>
    public static void ReadLabel<TSink>(Analysis analysis, in Sentence sentence, SpanLayer layer, int first, int end, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var length = end - first;
        var weight = 1 / MathF.Sqrt(length);
        var whole = first <= sentence.FirstToken + 1 && end >= sentence.EndToken - 2;
        sink.Add(Template.Always, 0, (ulong)layer);
        sink.Add(Template.Extent, 0, whole ? 1ul : 0);
        sink.Add(Template.Length, 0, (ulong)Math.Min(8, length));
        UInt128 classes = 0;
        uint entryLabels = 0;
        var strongest = default(LexicalMark);
        for (var i = first; i < end; i++)
        {
            ulong tag = analysis.Tags[i];
            sink.Add(Template.Word, 0, analysis.Forms[i], weight);
            sink.Add(Template.PartOfSpeech, 0, tag, weight);
            if (i + 1 < end)
            {
                sink.Add(Template.WordPair, 0, NormalForm.Combine(analysis.Forms[i], analysis.Forms[i + 1]), weight);
                sink.Add(Template.PartOfSpeechPair, 1, tag * 128 + analysis.Tags[i + 1], weight);
            }

            ref readonly var mark = ref analysis.Lexical[i];
            if (mark.Begins)
            {
                entryLabels |= 1u << mark.LabelPlusOne;
                if (mark.Strength > strongest.Strength)
                    strongest = mark;
                sink.Add(Template.Lexicon, 1, TaggerFeatures.Kind(mark), weight);
                sink.Add(Template.LexiconPartOfSpeech, 0, mark.LabelPlusOne * 128ul + tag, weight);
            }

            classes |= analysis.Words[i].Classes;
            if (analysis.Document.Tokens[i].IsWord && analysis.Document.Tokens[i].Length > 4 && analysis.SpellingCounts(i))
                sink.Add(Template.Suffix, 0, NormalForm.Hash(analysis.Document.TextOf(analysis.Document.Tokens[i])[^3..]), weight);
        }

        for (; entryLabels != 0; entryLabels &= entryLabels - 1)
            sink.Add(Template.Lexicon, 2, (ulong)System.Numerics.BitOperations.TrailingZeroCount(entryLabels));
        sink.Add(Template.Lexicon, 3, (ulong)strongest.LabelPlusOne * 4 + (ulong)layer, strongest.Strength);
        for (; classes != 0; classes &= classes - 1)
        {
            var bit = (ulong)UInt128.TrailingZeroCount(classes);
            sink.Add(Template.Class, 0, bit, 0.5f);
            sink.Add(Template.Class, 1 + (int)layer, bit, 0.5f);
        }

        AddClasses(analysis.Words[first].Classes, 4 + (int)layer, ref sink);
        AddClasses(analysis.Words[end - 1].Classes, 6 + (int)layer, ref sink);
        if (first > sentence.FirstToken)
            AddClasses(analysis.Words[first - 1].Classes, 8, ref sink);
        if (end < sentence.EndToken)
            AddClasses(analysis.Words[end].Classes, 9, ref sink);
        if (length <= 5)
        {
            ulong signature = 0;
            for (var i = first; i < end; i++)
                signature = signature * 128 + analysis.Tags[i];
            sink.Add(Template.PartOfSpeechTriple, 1, signature);
        }

        sink.Add(Template.SentenceStart, 0, analysis.Forms[first]);
        sink.Add(Template.SentenceStart, 1, analysis.Forms[end - 1]);
        sink.Add(Template.SentenceStart, 2, first > sentence.FirstToken ? analysis.Forms[first - 1] : 1);
        sink.Add(Template.SentenceStart, 3, end < sentence.EndToken ? analysis.Forms[end] : 2);
        sink.Add(Template.PartOfSpeechPair, 0, analysis.Tags[first] * 128ul + analysis.Tags[end - 1]);
        sink.Add(Template.Punctuation, 0, analysis.Document.Text[analysis.Document.Tokens[sentence.EndToken - 1].Start]);
        sink.Add(Template.Voice, 0, (ulong)analysis.Voices[first]);
        sink.Add(Template.Place, 0, sentence.Paragraph == 0 ? 1ul : 0);
        sink.Add(Template.Length, 1, (ulong)Math.Min(6, sentence.TokenCount / 6));
    }

    private static void AddClasses<TSink>(UInt128 classes, int offset, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        for (; classes != 0; classes &= classes - 1)
            sink.Add(Template.Class, offset, (ulong)UInt128.TrailingZeroCount(classes), 0.5f);
    }

    private static double SharedVoice(Analysis analysis, in Sentence sentence)
    {
        var others = 0;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            others += analysis.Voices[i] is Voice.Quoted or Voice.Indirect ? 1 : 0;
        return (double)others / sentence.TokenCount;
    }

    private static double OtherLayer(SentenceReading reading, SpanCandidate candidate)
    {
        double best = 0;
        foreach (var other in reading.Proposed[1 - (int)candidate.Layer])
        {
            if (other.First < candidate.EndToken && candidate.FirstToken < other.End)
                best = Math.Max(best, other.Begin);
        }

        return best;
    }
}
