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

    /// <summary>The node that no word has led to yet.</summary>
    private const int Root = 0;

    private readonly HashTable<int> _beginnings;
    private readonly HashTable<int> _children;
    private readonly List<Token> _tokens = [];
    private Node[] _nodes = [new Node()];
    private int _count = 1;

    private Lexicon(IReadOnlyList<LexiconEntry> entries)
    {
        Entries = entries;
        // About as many as word lists have that are mostly single words, so that the tables need not grow.
        _beginnings = new HashTable<int>(4 * entries.Count);
        _children = new HashTable<int>(6 * entries.Count);
    }

    public IReadOnlyList<LexiconEntry> Entries { get; }

    /// <summary>Builds the trie with the inflected forms of every entry. Of entries with the same form the stronger one counts, then the first.</summary>
    public static Lexicon Build(IReadOnlyList<LexiconEntry> entries, WordForms wordForms)
    {
        var lexicon = new Lexicon(entries);
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
            if (i + Prefetch.Distance < tokens.Length)
                _beginnings.Fetch(tokens[i + Prefetch.Distance].Hash);
            if (tokens[i].Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.Punctuation) || !_beginnings.TryGet(tokens[i].Hash, out var node))
                continue;
            var (end, entry) = Longest(tokens, i + 1, node);
            if (entry >= 0)
                matches.Add(new LexiconMatch(i, end, entry));
        }
    }

    private (int End, int Entry) Longest(ReadOnlySpan<Token> tokens, int position, int node)
    {
        ref readonly var at = ref _nodes[node];
        var best = (End: position, at.Entry);
        if (position < tokens.Length && TryFollow(node, tokens[position].Hash, out var next))
        {
            var longer = Longest(tokens, position + 1, next);
            if (longer.Entry >= 0)
                best = longer;
        }

        return at.AfterGap != Root && LongestOverGap(tokens, position, at.AfterGap) is { Entry: >= 0 } gapped && gapped.End > best.End ? gapped : best;
    }

    private (int End, int Entry) LongestOverGap(ReadOnlySpan<Token> tokens, int position, int after)
    {
        for (var skipped = 1; skipped <= MaxGap && position + skipped < tokens.Length; skipped++)
        {
            if (!tokens[position + skipped - 1].IsWord)
                break;
            if (!TryFollow(after, tokens[position + skipped].Hash, out var next))
                continue;
            var found = Longest(tokens, position + skipped + 1, next);
            if (found.Entry >= 0)
                return found;
        }

        return (position, -1);
    }

    private bool TryFollow(int node, ulong hash, out int next)
    {
        next = Root;
        return (_nodes[node].Following >> (int)(hash >> 58) & 1) != 0 && _children.TryGet(NormalForm.Combine((ulong)node, hash), out next);
    }

    private void Add(ReadOnlySpan<char> form, int entry)
    {
        var node = Root;
        if (!form.ContainsAnyExceptInRange('a', 'z'))
        {
            node = Child(Root, NormalForm.Hash(form));
        }
        else
        {
            _tokens.Clear();
            Tokenizer.Tokenize(form.TrimEnd("* ").ToString(), _tokens);
            foreach (var token in _tokens)
            {
                var isGap = form[token.Start] == '*';
                if (isGap && node == Root)
                    continue;
                node = Child(node, isGap ? Gap : token.Hash);
            }
        }

        if (node == Root)
            return;
        ref var known = ref _nodes[node].Entry;
        if (known < 0 || Entries[known].Strength < Entries[entry].Strength)
            known = entry;
    }

    private int Child(int node, ulong hash)
    {
        ref var child = ref node == Root ? ref _beginnings.GetOrAdd(hash, out var exists) : ref _children.GetOrAdd(NormalForm.Combine((ulong)node, hash), out exists);
        if (exists)
            return child;
        child = _count++;
        if (child == _nodes.Length)
            Array.Resize(ref _nodes, 2 * child);
        _nodes[child] = new Node();
        if (hash == Gap)
            _nodes[node].AfterGap = child;
        else
            _nodes[node].Following |= 1ul << (int)(hash >> 58);
        return child;
    }

    /// <summary>What is known after the words that lead here.</summary>
    private struct Node()
    {
        /// <summary>Bits of the hashes of the words that lead further: most words are told by them that they don't.</summary>
        public ulong Following;

        /// <summary>The entry that ends here, or -1.</summary>
        public int Entry = -1;

        /// <summary>The node after a gap, or the root where no gap stands here.</summary>
        public int AfterGap;
    }

    /// <summary>Forms of a term: each of its first and last words inflected in turn, and hyphens also as spaces.</summary>
    private static IEnumerable<string> Forms(string term, WordForms wordForms)
    {
        term = term.Trim();
        var words = term.Split(' ');
        for (var position = 0; position < words.Length; position += Math.Max(1, words.Length - 1))
        {
            var lemma = words[position];
            foreach (var form in wordForms.AllForms(lemma))
            {
                words[position] = form;
                yield return words.Length == 1 ? form : string.Join(' ', words);
            }

            words[position] = lemma;
        }

        // "far right" is written for "far-right", but "has been" is not "has-been": one part at least must be a word of weight.
        if (term.Contains('-', StringComparison.Ordinal) && Array.Exists(term.Split('-'), part => part.Length > 4))
            yield return term.Replace('-', ' ');
    }
}
