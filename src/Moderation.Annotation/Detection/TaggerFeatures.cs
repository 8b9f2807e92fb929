using System.Numerics;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>What the span tagger sees of a token: itself, two neighbours either side, the word lists' knowledge of them, and its sentence's first scores.</summary>
internal static class TaggerFeatures
{
    /// <summary>Stands for the part of speech before a sentence's first token and after its last.</summary>
    public const ulong NoTag = 99;

    /// <param name="context">The sentence's and article's first-pass scores, in steps (<see cref="ScoreContext"/>).</param>
    public static void Read<TSink>(Analysis analysis, in Sentence sentence, int i, in ScoreContext context, ref TSink sink)
        where TSink : IFeatureSink
    {
        sink.Add(Template.Always, 0, 0);
        ReadWords(analysis, sentence, i, ref sink);
        ReadSpelling(analysis, i, ref sink);
        ReadLists(analysis, sentence, i, ref sink);
        ReadPlace(analysis, sentence, i, ref sink);
        ReadContext(analysis, i, context, ref sink);
    }

    private static void ReadWords<TSink>(Analysis analysis, in Sentence sentence, int i, ref TSink sink)
        where TSink : IFeatureSink
    {
        for (var offset = -2; offset <= 2; offset++)
            sink.Add(Template.Word, offset, FormAt(analysis, sentence, i + offset));
        var form = analysis.Forms[i];
        var before = FormAt(analysis, sentence, i - 1);
        var after = FormAt(analysis, sentence, i + 1);
        sink.Add(Template.WordPair, -1, NormalForm.Combine(before, form));
        sink.Add(Template.WordPair, 0, NormalForm.Combine(form, after));
        sink.Add(Template.WordSkipPair, 0, NormalForm.Combine(before, after));
    }

    private static void ReadSpelling<TSink>(Analysis analysis, int i, ref TSink sink)
        where TSink : IFeatureSink
    {
        ref readonly var token = ref analysis.Document.Tokens[i];
        sink.Add(Template.Shape, 0, (ulong)(token.Shape & (TokenShape.Capitalised | TokenShape.AllCapitals | TokenShape.HasDigit | TokenShape.HasHyphen | TokenShape.SentenceInitial)) | ((ulong)token.Kind << 32));
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

    private static void ReadLists<TSink>(Analysis analysis, in Sentence sentence, int i, ref TSink sink)
        where TSink : IFeatureSink
    {
        for (var offset = -2; offset <= 2; offset++)
        {
            var at = i + offset;
            if (at < sentence.FirstToken || at >= sentence.EndToken)
                continue;
            ref readonly var mark = ref analysis.Lexical[at];
            if (mark.Strength > 0)
            {
                var kind = Kind(mark);
                sink.Add(Template.Lexicon, offset, kind);
                sink.Add(Template.Lexicon, offset + 8, mark.Strength);
                if (offset == 0)
                {
                    sink.Add(Template.LexiconPartOfSpeech, 0, kind + ((ulong)analysis.Words[i].PartOfSpeech << 32));
                    if (mark.Literal)
                        sink.Add(Template.LexiconLiteral, 0, mark.Strength);
                }
            }

            if (offset is >= -1 and <= 1)
            {
                for (var bits = analysis.Words[at].Classes; bits != 0; bits &= bits - 1)
                    sink.Add(Template.Class, offset, (ulong)UInt128.TrailingZeroCount(bits));
            }
        }

        var one = i == sentence.FirstToken ? NoTag : TagOf(analysis, i - 1);
        var two = TagOf(analysis, i);
        var three = i + 1 == sentence.EndToken ? NoTag : TagOf(analysis, i + 1);
        sink.Add(Template.PartOfSpeech, 0, two + ((ulong)analysis.Words[i].TagSet << 8));
        sink.Add(Template.PartOfSpeechPair, -1, one * 128 + two);
        sink.Add(Template.PartOfSpeechPair, 0, two * 128 + three);
        sink.Add(Template.PartOfSpeechTriple, 0, (one * 128 + two) * 128 + three);
    }

    private static void ReadPlace<TSink>(Analysis analysis, in Sentence sentence, int i, ref TSink sink)
        where TSink : IFeatureSink
    {
        var document = analysis.Document;
        var voice = (ulong)analysis.Voices[i];
        sink.Add(Template.Voice, 0, voice);
        if (i + 1 < sentence.EndToken)
            sink.Add(Template.Voice, 1, voice * 8 + (ulong)analysis.Voices[i + 1]);
        if (i > sentence.FirstToken)
            sink.Add(Template.Voice, -1, voice * 8 + (ulong)analysis.Voices[i - 1]);
        var fromStart = i - sentence.FirstToken;
        var fromEnd = sentence.EndToken - 1 - i;
        sink.Add(Template.Place, 0, (ulong)Math.Min(fromStart, 4));
        sink.Add(Template.Place, 1, (ulong)Math.Min(fromEnd, 3));
        sink.Add(Template.Length, 0, (ulong)BitOperations.Log2((uint)sentence.TokenCount));
        if (sentence.Paragraph == 0 && document.Paragraphs.Length > 2)
            sink.Add(Template.Place, 2, 0);
        sink.Add(Template.Punctuation, 0, document.Text[document.Tokens[sentence.EndToken - 1].Start]);
    }

    private static void ReadContext<TSink>(Analysis analysis, int i, in ScoreContext context, ref TSink sink)
        where TSink : IFeatureSink
    {
        var strength = (ulong)analysis.Lexical[i].Strength;
        for (var target = 0; target < context.Targets; target++)
        {
            sink.Add(Template.SentenceScore, target, context.Sentence(target));
            sink.Add(Template.LexiconScore, target, strength * 32 + context.Sentence(target));
        }

        sink.Add(Template.ArticleScore, 0, context.Article);
        sink.Add(Template.ArticleScore, 1, strength * 32 + context.Article);
    }

    /// <summary>A lexicon mark as a feature value: label, strength, and whether the entry begins here.</summary>
    public static ulong Kind(in LexicalMark mark) => mark.LabelPlusOne * 16ul + mark.Strength * 2ul + (mark.Begins ? 1ul : 0);

    /// <summary>The commonest part of speech; for words that no list has, what the ending suggests; names, numbers and marks apart.</summary>
    public static ulong TagOf(Analysis analysis, int i)
    {
        ref readonly var token = ref analysis.Document.Tokens[i];
        if (analysis.Words[i].PartOfSpeech != 0)
            return analysis.Words[i].PartOfSpeech;
        if (token.Kind != TokenKind.Word)
            return 64 + (ulong)token.Kind;
        if (analysis.Forms[i] == Analysis.NameForm)
            return 80;
        var text = analysis.Document.TextOf(token);
        if (text.Length < 4)
            return 81;
        return (text[^1], text[^2], text[^3]) switch
        {
            ('y', 'l', _) => 82,
            ('g', 'n', 'i') => 83,
            ('d', 'e', _) => 84,
            ('s', 'u', 'o') or ('l', 'u', 'f') or ('c', 'i', _) or ('e', 'v', 'i') or ('e', 'l', 'b') or ('l', 'a', _) or ('y', _, _) or ('s', 's', 'e') => 85,
            ('n', 'o', 'i') or ('t', 'n', 'e') or ('s', 's', _) or ('y', 't', 'i') or ('r', 'e', _) or ('m', 's', 'i') or ('t', 's', 'i') => 86,
            ('s', _, _) => 87,
            _ => 88,
        };
    }

    private static ulong FormAt(Analysis analysis, in Sentence sentence, int i) =>
        i < sentence.FirstToken ? 1 : i >= sentence.EndToken ? 2 : analysis.Forms[i];
}

/// <summary>First-pass scores of a sentence and its article, cut into 16 steps so that they can serve as features of its tokens.</summary>
internal readonly struct ScoreContext
{
    private readonly uint _steps;

    public ScoreContext(ReadOnlySpan<double> sentenceLogits, double articleLogit)
    {
        Targets = Math.Min(5, sentenceLogits.Length);
        for (var i = 0; i < Targets; i++)
            _steps |= Step(sentenceLogits[i]) << (4 * i);
        Article = Step(articleLogit);
    }

    public int Targets { get; }

    public uint Article { get; }

    public uint Sentence(int target) => (_steps >> (4 * target)) & 15;

    private static uint Step(double logit) => (uint)Math.Clamp((int)Math.Floor(logit * 1.5) + 8, 0, 15);
}
