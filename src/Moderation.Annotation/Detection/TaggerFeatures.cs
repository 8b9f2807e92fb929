using System.Numerics;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// What the span tagger sees of a token: itself, two neighbours either side, what the word lists know of them, and where they stand. Not how
/// slanted the sentence or the article is: that a word is charged shows better in the word, and what slant shows differs from outlet to outlet.
/// </summary>
internal static class TaggerFeatures
{
    /// <summary>Stands for the part of speech before a sentence's first token and after its last.</summary>
    public const ulong NoTag = 99;

    /// <summary>Tokens either side of a token that are features of it.</summary>
    public const int Reach = 2;

    /// <summary>A token's place counts up to here, from its sentence's start and from its end.</summary>
    public const int MaxFromStart = 4, MaxFromEnd = 3;

    /// <summary>Stand for the words before a sentence's first token and after its last.</summary>
    public const ulong BeforeStart = 1, AfterEnd = 2;

    /// <summary>
    /// All features of one token. They fall into groups by what they depend on; whoever scores many tokens reads a group's weights once for
    /// each thing that it depends on (<see cref="SpanTagger"/>).
    /// </summary>
    public static void Read<TSink>(Analysis analysis, in Sentence sentence, int i, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        ReadSentence(analysis, sentence, ref sink);
        for (var offset = -Reach; offset <= Reach; offset++)
        {
            var at = i + offset;
            if (at < sentence.FirstToken)
                ReadEdge(BeforeStart, offset, ref sink);
            else if (at >= sentence.EndToken)
                ReadEdge(AfterEnd, offset, ref sink);
            else
                ReadWord(analysis, at, offset, ref sink);
        }

        var isFirst = i == sentence.FirstToken;
        var isLast = i + 1 == sentence.EndToken;
        var before = isFirst ? BeforeStart : analysis.Forms[i - 1];
        var after = isLast ? AfterEnd : analysis.Forms[i + 1];
        ReadPair(-1, NormalForm.Combine(before, analysis.Forms[i]), ref sink);
        ReadPair(0, NormalForm.Combine(analysis.Forms[i], after), ref sink);
        ReadSkipPair(before, after, ref sink);
        var tagBefore = isFirst ? NoTag : analysis.Tags[i - 1];
        var tagAfter = isLast ? NoTag : analysis.Tags[i + 1];
        ReadTags(tagBefore, analysis.Tags[i], tagAfter, ref sink);
        ReadSkeleton(isFirst ? BeforeStart : analysis.Skeleton[i - 1], analysis.Skeleton[i], isLast ? AfterEnd : analysis.Skeleton[i + 1], ref sink);
        ReadPlace(i - sentence.FirstToken, sentence.EndToken - 1 - i, ref sink);
        ReadVoice(analysis.Voices[i], ref sink);
        if (!isFirst)
            ReadVoices(-1, analysis.Voices[i], analysis.Voices[i - 1], ref sink);
        if (!isLast)
            ReadVoices(1, analysis.Voices[i], analysis.Voices[i + 1], ref sink);
    }

    /// <summary>What all tokens of a sentence share.</summary>
    public static void ReadSentence<TSink>(Analysis analysis, in Sentence sentence, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var document = analysis.Document;
        sink.Add(Template.Always, 0, 0);
        sink.Add(Template.Length, 0, (ulong)BitOperations.Log2((uint)sentence.TokenCount));
        if (sentence.Paragraph == 0 && document.Paragraphs.Length > 2)
            sink.Add(Template.Place, 2, 0);
        sink.Add(Template.Punctuation, 0, document.Text[document.Tokens[sentence.EndToken - 1].Start]);
    }

    /// <summary>What stands where the sentence has no token.</summary>
    public static void ReadEdge<TSink>(ulong edge, int offset, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct => sink.Add(Template.Word, offset, edge);

    /// <summary>
    /// What the token tells about the one that stands <paramref name="offset"/> tokens before it, or about itself. Depends on nothing but what
    /// <see cref="Analysis.TypeOf"/> tells apart.
    /// </summary>
    public static void ReadWord<TSink>(Analysis analysis, int at, int offset, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        sink.Add(Template.Word, offset, analysis.Forms[at]);
        sink.Add(Template.Skeleton, offset, analysis.Skeleton[at]);
        ref readonly var mark = ref analysis.Lexical[at];
        if (mark.Strength > 0)
        {
            sink.Add(Template.Lexicon, offset, Kind(mark));
            sink.Add(Template.Lexicon, offset + 8, mark.Strength);
        }

        if (offset is >= -1 and <= 1)
        {
            for (var bits = analysis.Words[at].Classes; bits != 0; bits &= bits - 1)
                sink.Add(Template.Class, offset, (ulong)UInt128.TrailingZeroCount(bits));
        }

        if (offset == 0)
            ReadOwn(analysis, at, ref sink);
    }

    /// <param name="pair">The forms of the token before and this one (offset -1), or of this one and the token after (0), combined.</param>
    public static void ReadPair<TSink>(int offset, ulong pair, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct => sink.Add(Template.WordPair, offset, pair);

    public static void ReadSkipPair<TSink>(ulong before, ulong after, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct => sink.Add(Template.WordSkipPair, 0, NormalForm.Combine(before, after));

    /// <summary>The parts of speech of the token before, this one and the token after.</summary>
    public static void ReadTags<TSink>(ulong before, ulong tag, ulong after, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        sink.Add(Template.PartOfSpeechPair, -1, before * 128 + tag);
        sink.Add(Template.PartOfSpeechPair, 0, tag * 128 + after);
        sink.Add(Template.PartOfSpeechTriple, 0, (before * 128 + tag) * 128 + after);
    }

    /// <summary>The skeleton of the token before, this one and the token after.</summary>
    public static void ReadSkeleton<TSink>(ulong before, ulong token, ulong after, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        sink.Add(Template.SkeletonPair, -1, NormalForm.Combine(before, token));
        sink.Add(Template.SkeletonPair, 0, NormalForm.Combine(token, after));
        sink.Add(Template.SkeletonSkipPair, 0, NormalForm.Combine(before, after));
    }

    public static void ReadPlace<TSink>(int fromStart, int fromEnd, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        sink.Add(Template.Place, 0, (ulong)Math.Min(fromStart, MaxFromStart));
        sink.Add(Template.Place, 1, (ulong)Math.Min(fromEnd, MaxFromEnd));
    }

    public static void ReadVoice<TSink>(Voice voice, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct => sink.Add(Template.Voice, 0, (ulong)voice);

    public static void ReadVoices<TSink>(int offset, Voice voice, Voice other, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct => sink.Add(Template.Voice, offset, (ulong)voice * 8 + (ulong)other);

    private static void ReadOwn<TSink>(Analysis analysis, int i, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        ref readonly var mark = ref analysis.Lexical[i];
        ref readonly var word = ref analysis.Words[i];
        if (mark.Strength > 0)
        {
            sink.Add(Template.LexiconPartOfSpeech, 0, Kind(mark) + ((ulong)word.PartOfSpeech << 32));
            if (mark.Literal)
                sink.Add(Template.LexiconLiteral, 0, mark.Strength);
        }

        sink.Add(Template.PartOfSpeech, 0, analysis.Tags[i] + ((ulong)word.TagSet << 8));
        ref readonly var token = ref analysis.Document.Tokens[i];
        sink.Add(Template.Shape, 0, (ulong)(token.Shape & Analysis.ToldShapes) | ((ulong)token.Kind << 32));
        if (!token.IsWord || !analysis.SpellingCounts(i))
            return;
        var text = analysis.Document.TextOf(token);
        for (var length = 2; length <= 4; length++)
        {
            if (text.Length > length)
                sink.Add(Template.Suffix, 0, NormalForm.Hash(text[^length..]) + (ulong)length);
        }

        if (text.Length > 4)
            sink.Add(Template.Prefix, 0, NormalForm.Hash(text[..3]));
        var hyphen = token.Is(TokenShape.HasHyphen) ? text.IndexOf('-') : -1;
        if (hyphen > 0)
        {
            sink.Add(Template.Word, 10, NormalForm.Hash(text[..hyphen]));
            sink.Add(Template.Word, 11, NormalForm.Hash(text[(hyphen + 1)..]));
        }
    }

    /// <summary>A lexicon mark as a feature value: label, strength, and whether the entry begins here.</summary>
    public static ulong Kind(in LexicalMark mark) => mark.LabelPlusOne * 16ul + mark.Strength * 2ul + (mark.Begins ? 1ul : 0);
}
