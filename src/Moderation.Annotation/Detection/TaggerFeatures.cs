using System.Numerics;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>What the span tagger sees of a token: itself, two neighbours either side, the word lists' knowledge of them, and its sentence's first scores.</summary>
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

    /// <summary>How strong a lexicon entry can be: 0 where there is none, to 3.</summary>
    public const int Strengths = LexiconEntry.Strengths;

    /// <summary>What a strength is multiplied by in a feature's value, to make room for a score's steps.</summary>
    private const ulong StepsOfStrength = 32;

    /// <summary>How many features tell first-pass scores, at most.</summary>
    public const int ContextFeatures = (ScoreContext.MaxTargets + 1) * (1 + Strengths) * (int)StepsOfStrength;

    /// <summary>A number of its own for each feature that tells first-pass scores, less than <see cref="ContextFeatures"/>.</summary>
    public static int IndexOfContext(Template template, int offset, ulong value)
    {
        // The article's scores stand after the targets'; alone they have offset 0, with a strength offset 1.
        var target = template == Template.ArticleScore ? ScoreContext.MaxTargets : offset;
        var withStrength = template == Template.LexiconScore || template == Template.ArticleScore && offset == 1;
        return (((target * (1 + Strengths)) + (withStrength ? 1 : 0)) * (int)StepsOfStrength) + (int)value;
    }

    /// <summary>Calls for every feature that tells first-pass scores, with its <see cref="IndexOfContext"/>.</summary>
    public static void ForEachContext(Action<Template, int, ulong, int> call)
    {
        for (var target = 0; target < ScoreContext.MaxTargets; target++)
        {
            Call(Template.SentenceScore, target, 1);
            Call(Template.LexiconScore, target, Strengths);
        }

        Call(Template.ArticleScore, 0, 1);
        Call(Template.ArticleScore, 1, Strengths);

        void Call(Template template, int offset, ulong strengths)
        {
            for (var value = 0ul; value < strengths * StepsOfStrength; value++)
                call(template, offset, value, IndexOfContext(template, offset, value));
        }
    }

    /// <summary>
    /// All features of one token. They fall into groups by what they depend on; whoever scores many tokens reads a group's weights once for
    /// each thing that it depends on (<see cref="SpanTagger"/>).
    /// </summary>
    /// <param name="context">The sentence's and article's first-pass scores, in steps (<see cref="ScoreContext"/>).</param>
    public static void Read<TSink>(Analysis analysis, in Sentence sentence, int i, in ScoreContext context, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        ReadSentence(analysis, sentence, context, ref sink);
        ReadStrength(analysis.Lexical[i].Strength, context, ref sink);
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
    public static void ReadSentence<TSink>(Analysis analysis, in Sentence sentence, in ScoreContext context, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var document = analysis.Document;
        sink.Add(Template.Always, 0, 0);
        sink.Add(Template.Length, 0, (ulong)BitOperations.Log2((uint)sentence.TokenCount));
        if (sentence.Paragraph == 0 && document.Paragraphs.Length > 2)
            sink.Add(Template.Place, 2, 0);
        sink.Add(Template.Punctuation, 0, document.Text[document.Tokens[sentence.EndToken - 1].Start]);
        for (var target = 0; target < context.Targets; target++)
            sink.Add(Template.SentenceScore, target, context.Sentence(target));
        sink.Add(Template.ArticleScore, 0, context.Article);
    }

    /// <summary>What all tokens of a sentence share that have a lexicon entry of the same strength over them; 0 where there is none.</summary>
    public static void ReadStrength<TSink>(ulong strength, in ScoreContext context, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        for (var target = 0; target < context.Targets; target++)
            sink.Add(Template.LexiconScore, target, strength * StepsOfStrength + context.Sentence(target));
        sink.Add(Template.ArticleScore, 1, strength * StepsOfStrength + context.Article);
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

/// <summary>First-pass scores of a sentence and its article, cut into 16 steps so that they can serve as features of its tokens.</summary>
internal readonly struct ScoreContext
{
    public const int MaxTargets = 5;

    private readonly uint _steps;

    public ScoreContext(ReadOnlySpan<double> sentenceLogits, double articleLogit)
    {
        Targets = Math.Min(MaxTargets, sentenceLogits.Length);
        for (var i = 0; i < Targets; i++)
            _steps |= Step(sentenceLogits[i]) << (4 * i);
        Article = Step(articleLogit);
    }

    public int Targets { get; }

    public uint Article { get; }

    public uint Sentence(int target) => (_steps >> (4 * target)) & 15;

    private static uint Step(double logit) => (uint)Math.Clamp((int)Math.Floor(logit * 1.5) + 8, 0, 15);
}
