using System.Numerics;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// What the first-pass sentence models see: words and pairs, classes, parts of speech, lexicon entries, marks and shape of one sentence. Words
/// of another's voice count apart from the author's.
/// </summary>
internal static class SentenceFeatures
{
    /// <summary>Offset that sets words of another's voice apart from the author's.</summary>
    private const int OtherVoice = 20;

    /// <summary>Classes that a word can be of.</summary>
    private const int MaxClasses = 128;

    /// <summary>Features of a class or lexicon count: that there is one, how dense they are, that there are several.</summary>
    private const int FeaturesOfCount = 3;

    private const int FirstCountOffset = 30;

    private static readonly int LexiconCounts = LexiconEntry.Strengths * (Labels.Count + 1);

    /// <summary>How many features count classes and lexicon entries.</summary>
    public static int CountFeatures => FeaturesOfCount * (MaxClasses + 2 * LexiconCounts);

    /// <summary>
    /// All features of one sentence: those of its words by themselves, which whoever scores many sentences reads once for each word
    /// (<see cref="SentenceScorer"/>), and the rest.
    /// </summary>
    public static void Read<TSink>(Analysis analysis, in Sentence sentence, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var weight = WeightOfWord(analysis, sentence);
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            ReadWord(analysis, i, IsOther(analysis, i), weight, ref sink);
            ReadNeighbours(analysis, sentence, i, IsOther(analysis, i), weight, ref sink);
        }

        ReadSentence(analysis, sentence, ref sink);
    }

    /// <summary>Most features that <see cref="ReadSentence"/> gives of the sentence.</summary>
    public static int MaxFeatures(in Sentence sentence) => CountFeatures + 2 * sentence.TokenCount + 16;

    /// <summary>A number of its own for each feature that counts classes or lexicon entries, less than <see cref="CountFeatures"/>.</summary>
    public static int IndexOfCount(Template template, int offset, ulong value) =>
        FeaturesOfCount * ((template == Template.Lexicon ? MaxClasses : 0) + (int)value) + offset - FirstCountOffset;

    /// <summary>Calls for every feature that counts classes or lexicon entries, with its <see cref="IndexOfCount"/>.</summary>
    public static void ForEachCount(Action<Template, int, ulong, int> call)
    {
        foreach (var (template, count) in new[] { (Template.Class, MaxClasses), (Template.Lexicon, 2 * LexiconCounts) })
        {
            for (var value = 0ul; value < (ulong)count; value++)
            {
                for (var offset = FirstCountOffset; offset < FirstCountOffset + FeaturesOfCount; offset++)
                    call(template, offset, value, IndexOfCount(template, offset, value));
            }
        }
    }

    /// <summary>What a word by itself weighs: less in a long sentence.</summary>
    public static float WeightOfWord(Analysis analysis, in Sentence sentence) => WeightOfWord(CountWords(analysis, sentence));

    private static float WeightOfWord(int words) => 1 / MathF.Sqrt(Math.Max(4, words));

    public static bool IsOther(Analysis analysis, int token) => analysis.Voices[token] is Voice.Quoted or Voice.Indirect;

    /// <summary>What the token tells by itself. Depends on nothing but what <see cref="Analysis.TypeOf"/> tells apart and whether it is another's word.</summary>
    public static void ReadWord<TSink>(Analysis analysis, int i, bool isOther, float weight, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var voice = isOther ? OtherVoice : 0;
        ref readonly var token = ref analysis.Document.Tokens[i];
        sink.Add(Template.Word, voice, analysis.Forms[i], weight);
        sink.Add(Template.Skeleton, voice, analysis.Skeleton[i], weight);
        if (token.IsWord && token.Length > 5 && analysis.SpellingCounts(i))
            sink.Add(Template.Suffix, voice, NormalForm.Hash(analysis.Document.TextOf(token)[^3..]), weight * 0.7f);
    }

    /// <summary>What a token and those before it tell together: the parts of speech of three, the skeleton of two.</summary>
    public static void ReadNeighbours<TSink>(Analysis analysis, in Sentence sentence, int i, bool isOther, float weight, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var voice = isOther ? OtherVoice : 0;
        var before = i > sentence.FirstToken ? analysis.Tags[i - 1] : TaggerFeatures.NoTag;
        var twoBefore = i > sentence.FirstToken + 1 ? analysis.Tags[i - 2] : TaggerFeatures.NoTag;
        sink.Add(Template.PartOfSpeechTriple, voice, (twoBefore * 128 + before) * 128 + analysis.Tags[i], weight * 0.5f);
        sink.Add(Template.SkeletonPair, voice, NormalForm.Combine(i > sentence.FirstToken ? analysis.Skeleton[i - 1] : TaggerFeatures.BeforeStart, analysis.Skeleton[i]), weight);
    }

    /// <summary>What is no single word's: pairs, marks, what the word lists say of the sentence, and its shape.</summary>
    public static void ReadSentence<TSink>(Analysis analysis, in Sentence sentence, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        sink.Add(Template.Always, 0, 0);
        var words = CountWords(analysis, sentence);
        var weight = WeightOfWord(words);
        Span<byte> classCounts = stackalloc byte[MaxClasses];
        Span<byte> lexiconCounts = stackalloc byte[2 * LexiconCounts];
        classCounts.Clear();
        lexiconCounts.Clear();
        int others = 0, numbers = 0, names = 0, capitals = 0;
        ulong before = 1;
        var position = 0;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            var isOther = IsOther(analysis, i);
            var voice = isOther ? OtherVoice : 0;
            others += isOther ? 1 : 0;
            ref readonly var token = ref analysis.Document.Tokens[i];
            var form = analysis.Forms[i];
            sink.Add(Template.WordPair, voice, NormalForm.Combine(before, form), weight);
            if (position < 3 && token.Kind is not TokenKind.QuoteMark)
                sink.Add(Template.SentenceStart, position++, form, 0.5f);
            before = form;
            numbers += token.Kind == TokenKind.Number ? 1 : 0;
            names += form == Analysis.NameForm ? 1 : 0;
            capitals += token.Is(TokenShape.AllCapitals) && form != Analysis.NameForm ? 1 : 0;
            if (token.Kind is TokenKind.Punctuation or TokenKind.Symbol)
                sink.Add(Template.Punctuation, voice, form, 0.3f);
            if (!isOther)
                CountClasses(analysis, i, classCounts);
            ref readonly var mark = ref analysis.Lexical[i];
            if (mark.Begins && !mark.Literal)
                lexiconCounts[(isOther ? LexiconCounts : 0) + mark.LabelPlusOne * LexiconEntry.Strengths + mark.Strength]++;
        }

        AddCounts(Template.Class, classCounts, words, ref sink);
        AddCounts(Template.Lexicon, lexiconCounts, words, ref sink);
        var length = sentence.TokenCount;
        sink.Add(Template.Length, 0, (ulong)Math.Min(12, length / 4));
        sink.Add(Template.Voice, 0, (ulong)(8 * others / length));
        sink.Add(Template.Count, 1, (ulong)Math.Min(3, numbers));
        sink.Add(Template.Count, 2, (ulong)Math.Min(4, names));
        sink.Add(Template.Count, 3, (ulong)Math.Min(2, capitals));
        sink.Add(Template.Punctuation, 40, analysis.Document.Text[analysis.Document.Tokens[sentence.EndToken - 1].Start]);
    }

    private static int CountWords(Analysis analysis, in Sentence sentence)
    {
        var words = 0;
        foreach (ref readonly var token in analysis.Document.TokensOf(sentence))
            words += token.IsWord ? 1 : 0;
        return words;
    }

    private static void CountClasses(Analysis analysis, int token, Span<byte> counts)
    {
        for (var bits = analysis.Words[token].Classes; bits != 0; bits &= bits - 1)
        {
            ref var count = ref counts[(int)UInt128.TrailingZeroCount(bits)];
            if (count < byte.MaxValue)
                count++;
        }
    }

    /// <summary>For each that occurs: that it does, and how dense it is.</summary>
    private static void AddCounts<TSink>(Template template, scoped ReadOnlySpan<byte> counts, int words, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        // Most are zero: the next that is not is found many at a time.
        for (var k = 0; k < counts.Length; k++)
        {
            var skipped = counts[k..].IndexOfAnyExcept((byte)0);
            if (skipped < 0)
                break;
            k += skipped;
            sink.Add(template, FirstCountOffset, (ulong)k, 0.5f);
            sink.Add(template, FirstCountOffset + 1, (ulong)k, 2f * counts[k] / Math.Max(6, words));
            if (counts[k] > 1)
                sink.Add(template, FirstCountOffset + 2, (ulong)k, 0.5f);
        }
    }
}
