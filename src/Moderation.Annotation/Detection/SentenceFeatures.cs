using System.Numerics;
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
    public static void Read<TSink>(Analysis analysis, in Sentence sentence, ref TSink sink)
        where TSink : IFeatureSink
    {
        sink.Add(Template.Always, 0, 0);
        var words = CountWords(analysis, sentence);
        var weight = 1 / MathF.Sqrt(Math.Max(4, words));
        Span<byte> classCounts = stackalloc byte[128];
        Span<byte> lexiconCounts = stackalloc byte[2 * 4 * (Labels.Count + 1)];
        classCounts.Clear();
        lexiconCounts.Clear();
        int others = 0, numbers = 0, names = 0, capitals = 0;
        ulong before = 1, tagBefore = TaggerFeatures.NoTag, tagTwoBefore = TaggerFeatures.NoTag;
        var position = 0;
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            var isOther = analysis.Voices[i] is Voice.Quoted or Voice.Indirect;
            var voice = isOther ? 20 : 0;
            others += isOther ? 1 : 0;
            ref readonly var token = ref analysis.Document.Tokens[i];
            var form = analysis.Forms[i];
            var tag = TaggerFeatures.TagOf(analysis, i);
            sink.Add(Template.Word, voice, form, weight);
            sink.Add(Template.WordPair, voice, NormalForm.Combine(before, form), weight);
            sink.Add(Template.PartOfSpeechTriple, voice, (tagTwoBefore * 128 + tagBefore) * 128 + tag, weight * 0.5f);
            if (position < 3 && token.Kind is not TokenKind.QuoteMark)
                sink.Add(Template.SentenceStart, position++, form, 0.5f);
            if (token.IsWord && token.Length > 5 && analysis.SpellingCounts(i))
                sink.Add(Template.Suffix, voice, NormalForm.Hash(analysis.Document.TextOf(token)[^3..]), weight * 0.7f);
            (tagTwoBefore, tagBefore, before) = (tagBefore, tag, form);
            numbers += token.Kind == TokenKind.Number ? 1 : 0;
            names += form == Analysis.NameForm ? 1 : 0;
            capitals += token.Is(TokenShape.AllCapitals) && form != Analysis.NameForm ? 1 : 0;
            if (token.Kind is TokenKind.Punctuation or TokenKind.Symbol)
                sink.Add(Template.Punctuation, voice, form, 0.3f);
            if (!isOther)
                CountClasses(analysis, i, classCounts);
            ref readonly var mark = ref analysis.Lexical[i];
            if (mark.Begins && !mark.Literal)
                lexiconCounts[((isOther ? 1 : 0) * (Labels.Count + 1) + mark.LabelPlusOne) * 4 + mark.Strength]++;
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
        where TSink : IFeatureSink
    {
        for (var k = 0; k < counts.Length; k++)
        {
            if (counts[k] == 0)
                continue;
            sink.Add(template, 30, (ulong)k, 0.5f);
            sink.Add(template, 31, (ulong)k, 2f * counts[k] / Math.Max(6, words));
            if (counts[k] > 1)
                sink.Add(template, 32, (ulong)k, 0.5f);
        }
    }
}
