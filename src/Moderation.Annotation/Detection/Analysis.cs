using System.Buffers;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>The word lists that the features are read from.</summary>
public sealed record WordLists(Lexicon Lexicon, WordClasses Classes, AttributionLexicon Attribution)
{
    internal UInt128[] SpanClassMasks { get; } = SpanFeatures.ClassMasks(Classes);

    internal UInt128 EverydayMask { get; } = Classes.MaskOf("everyday");

    internal UInt128 PowerMask { get; } = Classes.MaskOf("ideology", "power-noun");

    internal UInt128 MoralMask { get; } = Classes.MaskOf("moral", "emotion", "hyperbole-noun");
}

/// <summary>
/// What the features see of a document: for each token the form it counts under, what the word lists know of it, the lexicon entry over it and
/// whose words it is. Names count as one and the same form, so that no country, party, company or person becomes a signal.
/// </summary>
public sealed class Analysis : IDisposable
{
    /// <summary>The form of every name, of every number, of every quotation mark.</summary>
    public static readonly ulong NameForm = NormalForm.Hash("<name>"), NumberForm = NormalForm.Hash("<number>"), QuoteForm = NormalForm.Hash("<quote>");

    /// <summary>The parts of a token's shape that features see.</summary>
    internal const TokenShape ToldShapes = TokenShape.Capitalised | TokenShape.AllCapitals | TokenShape.HasDigit | TokenShape.HasHyphen | TokenShape.SentenceInitial;

    private readonly int[] _places;
    private readonly ulong[] _types;

    private Analysis(Document document, Discourse discourse, WordLists lists, Voice[] voices)
    {
        var count = document.Tokens.Length;
        Document = document;
        Discourse = discourse;
        Lists = lists;
        Voices = voices;
        _places = ArrayPool<int>.Shared.Rent(count);
        _types = ArrayPool<ulong>.Shared.Rent(count);
        Forms = ArrayPool<ulong>.Shared.Rent(count);
        Lexical = ArrayPool<LexicalMark>.Shared.Rent(count);
        Array.Clear(Lexical, 0, count);
        Tags = ArrayPool<byte>.Shared.Rent(count);
        Skeleton = ArrayPool<ulong>.Shared.Rent(count);
    }

    public Document Document { get; }

    public Discourse Discourse { get; }

    public WordLists Lists { get; }

    /// <summary>Whose words each token is taken for: the discourse's answer, or the author's everywhere when a speaker's words are assessed.</summary>
    public Voice[] Voices { get; }

    /// <summary>What the word lists know of each token; of names, numbers and marks nothing.</summary>
    public KnownWords Words => new(Lists.Classes, _places);

    /// <summary>For each token the form that it counts under. May be longer than the document has tokens, as may the arrays below.</summary>
    public ulong[] Forms { get; }

    public LexicalMark[] Lexical { get; }

    /// <summary>Each token's part of speech as features have it, under 128: the commonest; for words that no list has, what the ending suggests; names, numbers and marks apart.</summary>
    public byte[] Tags { get; }

    /// <summary>
    /// For each token what is left of it in the sentence's skeleton: an everyday word or a mark as it is, of a lexicon entry its label and
    /// strength, of any other word its part of speech. What is learnt of skeletons holds for words that no training article has.
    /// </summary>
    public ulong[] Skeleton { get; }

    public List<LexiconMatch> Matches { get; } = [];

    /// <param name="allVoices">Read quoted and reported words as if they were the author's own.</param>
    public static Analysis Of(Document document, Discourse discourse, WordLists lists, bool allVoices = false)
    {
        var voices = discourse.TokenVoice;
        if (Array.TrueForAll(voices, voice => voice == Voice.Furniture))
        {
            // A text that is nothing but furniture was handed in to be assessed: a headline, a caption, a teaser.
            voices = new Voice[voices.Length];
        }

        if (allVoices)
            voices = Array.ConvertAll(voices, voice => voice is Voice.Quoted or Voice.Indirect ? Voice.Author : voice);
        var analysis = new Analysis(document, discourse, lists, voices);
        analysis.MatchLexicon();
        analysis.ReadWords();
        return analysis;
    }

    /// <summary>Whether features may see how the word is spelt: not that of a name, nor of a word that counts as one with that of the other gender.</summary>
    public bool SpellingCounts(int token) => Forms[token] != NameForm && !Words[token].HasEquivalent;

    /// <summary>
    /// A number that is the same for two tokens only if all that features see of them by themselves is the same: their form, spelling, shape,
    /// classes, part of speech and lexicon entry. 0 where only the token's own text can tell.
    /// </summary>
    internal ulong TypeOf(int token) => _types[token];

    /// <summary>
    /// Gives the arrays back to be used for other documents; nothing of the analysis may be read after it. Whoever keeps an analysis for good
    /// need not call it.
    /// </summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_places);
        ArrayPool<ulong>.Shared.Return(_types);
        ArrayPool<ulong>.Shared.Return(Forms);
        ArrayPool<LexicalMark>.Shared.Return(Lexical);
        ArrayPool<byte>.Shared.Return(Tags);
        ArrayPool<ulong>.Shared.Return(Skeleton);
    }

    public bool IsAssessed(int token) => Voices[token] != Voice.Furniture;

    /// <summary>Whether the sentence has words at all that are not page furniture.</summary>
    public bool IsAssessed(in Sentence sentence)
    {
        for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
        {
            if (Voices[i] != Voice.Furniture && Document.Tokens[i].IsWord)
                return true;
        }

        return false;
    }

    private void MatchLexicon()
    {
        Lists.Lexicon.Match(Document.Tokens, Matches);
        foreach (var match in Matches)
        {
            var entry = Lists.Lexicon.Entries[match.Entry];
            var literal = IsLiteral(match, entry);
            for (var i = match.FirstToken; i < match.EndToken; i++)
            {
                // An earlier, longer match keeps the tokens that it covers, unless this one is stronger.
                if (Lexical[i].Strength >= entry.Strength)
                    continue;
                Lexical[i] = new LexicalMark((byte)(1 + (int)entry.Label), (byte)entry.Strength, i == match.FirstToken, literal, match.Entry);
            }
        }
    }

    /// <summary>Whether a word in whose company the entry is meant literally stands within the same or a neighbouring sentence's reach.</summary>
    private bool IsLiteral(in LexiconMatch match, LexiconEntry entry)
    {
        const int Reach = 30;
        if (entry.LiteralContexts.Length == 0)
            return false;
        var last = Math.Min(Document.Tokens.Length, match.EndToken + Reach);
        for (var i = Math.Max(0, match.FirstToken - Reach); i < last; i++)
        {
            if ((i < match.FirstToken || i >= match.EndToken) && Document.Tokens[i].IsWord && entry.IsLiteralBeside(Document.Tokens[i].Hash))
                return true;
        }

        return false;
    }

    private void ReadWords()
    {
        var tokens = Document.Tokens;
        foreach (var sentence in Document.Sentences)
        {
            var titleCase = IsTitleCase(sentence);
            for (var i = sentence.FirstToken; i < sentence.EndToken; i++)
            {
                ref readonly var token = ref tokens[i];
                if (i + Prefetch.Distance < tokens.Length)
                    Lists.Classes.Fetch(tokens[i + Prefetch.Distance].Hash);
                _places[i] = WordClasses.Unknown;
                if (token.Kind is TokenKind.Word)
                {
                    var place = Lists.Classes.Find(token.Hash);
                    Forms[i] = FormOf(token, place, Lexical[i], titleCase);
                    if (Forms[i] != NameForm)
                        _places[i] = place;
                }
                else
                {
                    Forms[i] = token.Kind switch { TokenKind.Number => NumberForm, TokenKind.QuoteMark => QuoteForm, _ => token.Hash };
                }

                Tags[i] = TagOf(i, token);
                _types[i] = TypeOf(i, token);
                Skeleton[i] = SkeletonOf(i, token);
            }
        }
    }

    private ulong SkeletonOf(int i, in Token token)
    {
        ref readonly var mark = ref Lexical[i];
        if (mark is { Begins: true, Literal: false, Strength: > 0 })
            return NormalForm.Combine(1, ((ulong)mark.LabelPlusOne << 8) | mark.Strength);
        return token.Kind is TokenKind.Punctuation or TokenKind.Symbol || (Words[i].Classes & Lists.EverydayMask) != 0
            ? Forms[i]
            : NormalForm.Combine(2, Tags[i]);
    }

    private ulong TypeOf(int i, in Token token)
    {
        var form = Forms[i];
        var isWord = token.IsWord && form != NameForm;
        if (isWord && !token.Is(TokenShape.Regular))
            return 0;
        ref readonly var mark = ref Lexical[i];
        var bits = (ulong)(token.Shape & ToldShapes) | (ulong)token.Kind << 16 | (ulong)mark.LabelPlusOne << 24 | (ulong)mark.Strength << 32 | (mark.Begins ? 1ul << 40 : 0) | (mark.Literal ? 1ul << 41 : 0);
        return NormalForm.Combine(isWord ? token.Hash : form, bits);
    }

    private byte TagOf(int i, in Token token)
    {
        if (Words[i].PartOfSpeech is > 0 and var known)
            return known;
        if (token.Kind != TokenKind.Word)
            return (byte)(64 + (int)token.Kind);
        if (Forms[i] == NameForm)
            return 80;
        var text = Document.TextOf(token);
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

    private ulong FormOf(in Token token, int place, in LexicalMark lexical, bool titleCase)
    {
        ref readonly var word = ref Lists.Classes[place];
        var same = word.Same == 0 ? token.Hash : word.Same;
        if (!token.Is(TokenShape.Capitalised) || token.Is(TokenShape.Clitic))
            return same;
        if (word.IsProperName)
            return NameForm;
        var capitalTells = !token.Is(TokenShape.SentenceInitial) && !titleCase && (!token.Is(TokenShape.AllCapitals) || token.Length < 2);
        return !capitalTells && (word.IsKnown || lexical.Strength > 0) || token.Length == 1 ? same : NameForm;
    }

    /// <summary>A headline in title case: of its longer words, most are capitalised.</summary>
    private bool IsTitleCase(in Sentence sentence)
    {
        int capitals = 0, words = 0;
        foreach (ref readonly var token in Document.TokensOf(sentence))
        {
            if (token.Kind != TokenKind.Word || token.Length < 4)
                continue;
            words++;
            if (token.Is(TokenShape.Capitalised))
                capitals++;
        }

        return words >= 4 && capitals * 10 >= words * 7;
    }
}

/// <summary>The lexicon entry over a token.</summary>
/// <param name="LabelPlusOne">0 where there is none.</param>
/// <param name="Literal">A word of the entry's literal contexts stands nearby.</param>
public readonly record struct LexicalMark(byte LabelPlusOne, byte Strength, bool Begins, bool Literal, int Entry);

/// <summary>What the word lists know of the tokens of a document.</summary>
/// <param name="places">For each token its place in the lists.</param>
public readonly struct KnownWords(WordClasses classes, int[] places)
{
    public ref readonly WordInfo this[int token] => ref classes[places[token]];
}
