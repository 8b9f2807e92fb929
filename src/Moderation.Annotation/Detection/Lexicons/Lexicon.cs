using System.Runtime.InteropServices;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection.Lexicons;

/// <summary>An entry found in a document, by tokens, end exclusive.</summary>
public readonly record struct LexiconMatch(int FirstToken, int EndToken, int Entry);

/// <summary>
/// All entries in one trie over token hashes: matching is one pass over the tokens, longest match first, at every token a bounded walk.
/// </summary>
public sealed class Lexicon
{
    /// <summary>Longest stretch, in tokens, that a "*" in a term stands for.</summary>
    public const int MaxGap = 4;

    private const ulong Gap = 0;

    /// <summary>Bits of a hash by which <see cref="MayBegin"/> tells words apart.</summary>
    private const int BeginningBits = 18;

    private readonly ulong[] _beginnings = new ulong[1 << BeginningBits >> 6];

    private readonly HashTable<int> _children;
    private readonly List<int> _entryOfNode;
    private readonly List<bool> _hasGap;

    private Lexicon(IReadOnlyList<LexiconEntry> entries, HashTable<int> children, List<int> entryOfNode, List<bool> hasGap)
    {
        Entries = entries;
        _children = children;
        _entryOfNode = entryOfNode;
        _hasGap = hasGap;
    }

    public IReadOnlyList<LexiconEntry> Entries { get; }

    /// <summary>Builds the trie with the inflected forms of every entry. Of entries with the same form the stronger one counts, then the first.</summary>
    public static Lexicon Build(IReadOnlyList<LexiconEntry> entries, WordForms wordForms)
    {
        var lexicon = new Lexicon(entries, new HashTable<int>(), [-1], [false]);
        for (var i = 0; i < entries.Count; i++)
        {
            foreach (var form in Forms(entries[i].Term, wordForms))
                lexicon.Add(form, i);
        }

        return lexicon;
    }

    /// <summary>Adds every match to the list, by first token; of those that start together only the longest.</summary>
    public void Match(ReadOnlySpan<Token> tokens, List<LexiconMatch> matches)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.Punctuation)
                || !MayBegin(tokens[i].Hash) || !_children.TryGet(NormalForm.Combine(0, tokens[i].Hash), out var node))
                continue;
            var (end, entry) = Longest(tokens, i + 1, node);
            if (entry >= 0)
                matches.Add(new LexiconMatch(i, end, entry));
        }
    }

    /// <summary>False for most words that begin no entry, from a map small enough to stay at hand.</summary>
    private bool MayBegin(ulong hash) => (_beginnings[hash >> (64 - BeginningBits) >> 6] >> (int)(hash >> (64 - BeginningBits)) & 1) != 0;

    private void MarkBeginning(ulong hash) => _beginnings[hash >> (64 - BeginningBits) >> 6] |= 1ul << (int)(hash >> (64 - BeginningBits));

    private (int End, int Entry) Longest(ReadOnlySpan<Token> tokens, int position, int node)
    {
        var best = (End: position, Entry: _entryOfNode[node]);
        if (position < tokens.Length && _children.TryGet(NormalForm.Combine((ulong)node, tokens[position].Hash), out var next))
        {
            var longer = Longest(tokens, position + 1, next);
            if (longer.Entry >= 0)
                best = longer;
        }

        return _hasGap[node] && LongestOverGap(tokens, position, node) is { Entry: >= 0 } gapped && gapped.End > best.End ? gapped : best;
    }

    private (int End, int Entry) LongestOverGap(ReadOnlySpan<Token> tokens, int position, int node)
    {
        _children.TryGet(NormalForm.Combine((ulong)node, Gap), out var after);
        for (var skipped = 1; skipped <= MaxGap && position + skipped < tokens.Length; skipped++)
        {
            if (!tokens[position + skipped - 1].IsWord)
                break;
            if (!_children.TryGet(NormalForm.Combine((ulong)after, tokens[position + skipped].Hash), out var next))
                continue;
            var found = Longest(tokens, position + skipped + 1, next);
            if (found.Entry >= 0)
                return found;
        }

        return (position, -1);
    }

    private void Add(string form, int entry)
    {
        var tokens = new List<Token>();
        Tokenizer.Tokenize(form.TrimEnd('*', ' '), tokens);
        var node = 0;
        foreach (var token in tokens)
        {
            var isGap = form[token.Start] == '*';
            if (isGap && node == 0)
                continue;
            if (isGap)
                _hasGap[node] = true;
            if (node == 0)
                MarkBeginning(token.Hash);
            node = Child(node, isGap ? Gap : token.Hash);
        }

        if (node == 0)
            return;
        ref var known = ref CollectionsMarshal.AsSpan(_entryOfNode)[node];
        if (known < 0 || Entries[known].Strength < Entries[entry].Strength)
            known = entry;
    }

    private int Child(int node, ulong hash)
    {
        ref var child = ref _children.GetOrAdd(NormalForm.Combine((ulong)node, hash), out var exists);
        if (!exists)
        {
            child = _entryOfNode.Count;
            _entryOfNode.Add(-1);
            _hasGap.Add(false);
        }

        return child;
    }

    /// <summary>Forms of a term: each of its first and last words inflected in turn, and hyphens also as spaces.</summary>
    private static IEnumerable<string> Forms(string term, WordForms wordForms)
    {
        term = term.Trim();
        var words = term.Split(' ');
        foreach (var position in new[] { 0, words.Length - 1 }.Distinct())
        {
            var lemma = words[position];
            foreach (var form in wordForms.VerbForms(lemma).Concat(wordForms.NounForms(lemma)).Distinct())
            {
                words[position] = form;
                yield return string.Join(' ', words);
            }

            words[position] = lemma;
        }

        // "far right" is written for "far-right", but "has been" is not "has-been": one part at least must be a word of weight.
        if (term.Split('-') is { Length: > 1 } parts && parts.Any(part => part.Length > 4))
            yield return term.Replace('-', ' ');
    }
}
