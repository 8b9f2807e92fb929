using System.Runtime.InteropServices;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection.Lexicons;

/// <summary>What is known of a word wherever it stands: the classes it belongs to (up to 128, as bits), its commonest part of speech.</summary>
/// <param name="Same">The hash that stands for it in features where it is another's, that of its equivalent of the other gender; 0 where it is its own.</param>
/// <param name="HasEquivalent">Another word counts as the same, so that how this one is spelt must not count.</param>
/// <param name="IsProperName">Capitalised it is a name wherever it stands: a party, a people, a firm that is also a word.</param>
public readonly record struct WordInfo(ulong Same, UInt128 Classes, byte PartOfSpeech, ushort TagSet, bool HasEquivalent = false, bool IsProperName = false)
{
    /// <summary>Whether the word lists know it at all; a capitalised word that they don't know is taken for a name.</summary>
    public bool IsKnown => Classes != 0 || PartOfSpeech != 0;
}

/// <summary>The word lists of classes (evaluation, hedge, person role …) and parts of speech, and pairs of gendered words that count as one.</summary>
public sealed class WordClasses
{
    /// <summary>The place of every word that the lists don't have.</summary>
    public const int Unknown = 0;

    /// <summary>Not a class that features see, but the mark of words that are names when capitalised (<see cref="WordInfo.IsProperName"/>).</summary>
    private const string ProperName = "proper-name";

    // Many words are described alike: what is said of them is kept once, so that most of it stays at hand.
    private readonly HashTable<int> _words;
    private readonly WordInfo[] _infos;

    private WordClasses(HashTable<int> words, WordInfo[] infos, string[] classNames, string[] tagNames)
    {
        _words = words;
        _infos = infos;
        ClassNames = classNames;
        TagNames = tagNames;
    }

    /// <summary>Names of the classes, by bit.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Names of the parts of speech; the first means "not known".</summary>
    public IReadOnlyList<string> TagNames { get; }

    /// <summary>Builds the table from the lines of classes.tsv, pos.tsv and equivalents.tsv, the first line of each a heading.</summary>
    public static WordClasses Build(IEnumerable<string> classLines, IEnumerable<string> tagLines, IEnumerable<string> equivalentLines, WordForms wordForms)
    {
        var words = new Builder();
        var classes = new List<string>();
        var tags = new List<string> { "?" };
        foreach (var (word, written) in Pairs(tagLines))
        {
            var numbers = written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(tag => Number(tags, tag)).ToArray();
            if (numbers.Length == 0)
                continue;
            var set = (ushort)numbers.Aggregate(0, (bits, tag) => bits * 31 + tag);
            ref var info = ref words.Entry(word);
            info = info with { PartOfSpeech = (byte)numbers[0], TagSet = set };
        }

        foreach (var (term, name) in Pairs(classLines))
        {
            if (name == ProperName)
            {
                ref var named = ref words.Entry(term);
                named = named with { IsProperName = true };
                continue;
            }

            var bit = UInt128.One << Number(classes, name);
            if (classes.Count > 128)
                throw new InvalidDataException($"The word lists hold more than 128 classes: '{name}' is one too many.");
            foreach (var form in FormsOf(term, name, wordForms))
            {
                ref var info = ref words.Entry(form);
                info = info with { Classes = info.Classes | bit };
            }
        }

        MakeEqual(words, [.. Pairs(equivalentLines)]);
        return new WordClasses(words.Table, words.Infos(), [.. classes], [.. tags]);
    }

    /// <summary>Gives the words that count as one the same description, part of speech and all: that "her" stands for "his" and "him" must not show.</summary>
    private static void MakeEqual(Builder words, (string Word, string Same)[] equivalents)
    {
        foreach (var (word, same) in equivalents)
        {
            var other = words.Entry(word);
            ref var info = ref words.Entry(same);
            info = info with
            {
                Same = NormalForm.Hash(same),
                Classes = info.Classes | other.Classes,
                PartOfSpeech = info.PartOfSpeech == 0 ? other.PartOfSpeech : info.PartOfSpeech,
                TagSet = info.PartOfSpeech == 0 ? other.TagSet : info.TagSet,
                HasEquivalent = true,
            };
        }

        foreach (var (word, same) in equivalents)
        {
            var shared = words.Entry(same);
            words.Entry(word) = shared;
        }
    }

    /// <summary>The bits of the classes named; a class that the word lists lack has none.</summary>
    public UInt128 MaskOf(params ReadOnlySpan<string> names)
    {
        UInt128 mask = 0;
        foreach (var name in names)
        {
            for (var bit = 0; bit < ClassNames.Count; bit++)
                mask |= ClassNames[bit] == name ? UInt128.One << bit : 0;
        }

        return mask;
    }

    /// <summary>Where the word of that hash stands, or <see cref="Unknown"/>.</summary>
    public int Find(ulong hash) => _words.TryGet(hash, out var place) ? place : Unknown;

    /// <summary>Has what <see cref="Find"/> will look at fetched.</summary>
    public void Fetch(ulong hash) => _words.Fetch(hash);

    /// <summary>What is known of the word at that place; of <see cref="Unknown"/> nothing.</summary>
    public ref readonly WordInfo this[int place] => ref _infos[place];

    private static IEnumerable<string> FormsOf(string term, string className, WordForms wordForms)
    {
        if (term.Contains(' ', StringComparison.Ordinal))
            return [];
        if (IsVerbClass(className))
            return wordForms.VerbForms(term);
        return className.EndsWith("noun", StringComparison.Ordinal) || className.EndsWith("role", StringComparison.Ordinal) || className.StartsWith("metaphor", StringComparison.Ordinal)
            ? wordForms.NounForms(term)
            : className is "certainty" or "hedge" or "intensifier" or "downtoner" or "first-person" or "second-person" or "connective-argument" or "rhetorical" or "time-word"
                ? [term]
                : wordForms.AllForms(term);
    }

    private static bool IsVerbClass(string name) => name.Contains("verb", StringComparison.Ordinal);

    private static int Number(List<string> names, string name)
    {
        var index = names.IndexOf(name);
        if (index >= 0)
            return index;
        names.Add(name);
        return names.Count - 1;
    }

    private static IEnumerable<(string Word, string Value)> Pairs(IEnumerable<string> lines)
    {
        foreach (var line in lines.Skip(1))
        {
            var fields = line.Split('\t');
            if (fields.Length >= 2 && fields[0].Length > 0 && fields[1].Length > 0)
                yield return (fields[0].Trim(), fields[1].Trim());
        }
    }

    /// <summary>The table while it is built: an entry for every word.</summary>
    private sealed class Builder
    {
        private readonly List<WordInfo> _entries = [default];

        /// <summary>The place of each word's entry.</summary>
        public HashTable<int> Table { get; } = new();

        /// <summary>The word's entry, to be changed before the next is asked for; a new one where there was none.</summary>
        public ref WordInfo Entry(string word)
        {
            ref var place = ref Table.GetOrAdd(NormalForm.Hash(word), out var exists);
            if (!exists)
            {
                place = _entries.Count;
                _entries.Add(default);
            }

            return ref CollectionsMarshal.AsSpan(_entries)[place];
        }

        /// <summary>The entries, each once; the table has their places from now on.</summary>
        public WordInfo[] Infos()
        {
            var places = new Dictionary<WordInfo, int> { [default] = Unknown };
            var infos = new List<WordInfo> { default };
            Table.Replace(entry =>
            {
                ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, _entries[entry], out var exists);
                if (!exists)
                {
                    place = infos.Count;
                    infos.Add(_entries[entry]);
                }

                return place;
            });
            return [.. infos];
        }
    }
}
