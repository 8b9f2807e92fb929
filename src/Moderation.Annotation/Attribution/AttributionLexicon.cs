using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>
/// The words that tell who says what: verbs and nouns of saying, thinking and wanting, what they may take as a source, and titles. Read from
/// tab-separated lines <c>term, label, strength, …</c> (training-data/lexicons/attribution.tsv); inflected forms are made here. Terms of several
/// words may hold <c>*</c>, a gap of one to <see cref="MaxGap"/> words.
/// </summary>
public sealed class AttributionLexicon
{
    /// <summary>Longest gap, in words, that a <c>*</c> in a term stands for.</summary>
    public const int MaxGap = 5;

    internal const ulong Gap = 0;

    private readonly HashTable<WordEntry> words;
    private readonly Phrase[] phrases;

    private AttributionLexicon(HashTable<WordEntry> words, Phrase[] phrases)
    {
        this.words = words;
        this.phrases = phrases;
    }

    /// <summary>A word's tags and the phrases that begin with it.</summary>
    internal readonly record struct WordEntry(WordTags Tags, int FirstPhrase, int PhraseCount);

    /// <summary>A term of several words after its first: hashes, or <see cref="Gap"/>.</summary>
    internal sealed record Phrase(ulong First, ulong[] Rest, WordTags Tags);

    /// <summary>Reads the lexicon. Lines that begin with # and the header line are skipped.</summary>
    /// <exception cref="FormatException">A line has fewer than three fields, a label that is not known, or a strength other than 1 to 3.</exception>
    public static AttributionLexicon Parse(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var builder = new Builder();
        builder.AddGrammar();
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || number == 1 && line.StartsWith("term\t", StringComparison.Ordinal))
                continue;
            builder.AddLine(line, number);
        }

        return builder.Build();
    }

    internal WordTags TagsOf(ulong hash) => words.TryGet(hash, out var entry) ? entry.Tags : WordTags.None;

    internal bool TryGet(ulong hash, out WordEntry entry) => words.TryGet(hash, out entry);

    /// <summary>Has what <see cref="TryGet"/> will look at fetched.</summary>
    internal void Fetch(ulong hash) => words.Fetch(hash);

    /// <summary>The longest phrase that begins at the token; its length in tokens, 0 where there is none.</summary>
    internal int MatchPhrase(in WordEntry entry, ReadOnlySpan<Token> tokens, int start, out WordTags tags)
    {
        tags = WordTags.None;
        var longest = 0;
        for (var p = entry.FirstPhrase; p < entry.FirstPhrase + entry.PhraseCount; p++)
        {
            var length = Length(phrases[p].Rest, tokens, start + 1);
            if (length == longest && length > 0)
            {
                tags |= phrases[p].Tags;
            }
            else if (length > longest)
            {
                longest = length;
                tags = phrases[p].Tags;
            }
        }

        return longest;
    }

    private static int Length(ulong[] rest, ReadOnlySpan<Token> tokens, int position)
    {
        var start = position - 1;
        for (var e = 0; e < rest.Length; e++)
        {
            if (rest[e] != Gap)
            {
                if (position >= tokens.Length || tokens[position].Hash != rest[e])
                    return 0;
                position++;
                continue;
            }

            // A gap at the end stands for one word; one in the middle for the words up to the next of the term.
            if (e + 1 == rest.Length)
                return position < tokens.Length && tokens[position].IsWord ? position + 1 - start : 0;
            var limit = Math.Min(tokens.Length, position + MaxGap + 1);
            var found = position + 1;
            while (found < limit && tokens[found].Hash != rest[e + 1])
                found++;
            if (found >= limit)
                return 0;
            position = found;
        }

        return position - start;
    }

    private sealed class Builder
    {
        private readonly Dictionary<ulong, WordTags> tags = [];
        private readonly List<Phrase> phrases = [];

        public void AddGrammar()
        {
            foreach (var (tag, list) in Grammar.ClosedClasses)
            {
                foreach (var word in list.Split(' '))
                    AddWord(word, tag);
            }

            foreach (var lemma in Grammar.Verbs.Split(' '))
            {
                foreach (var (form, tag) in Inflection.OfVerb(lemma))
                    AddWord(form, tag);
            }
        }

        public void AddLine(string line, int number)
        {
            var fields = line.Split('\t');
            if (fields.Length < 3)
                throw new FormatException($"Line {number} of the attribution lexicon has {fields.Length} field(s); it needs term, label and strength, separated by tabs.");
            if (fields[2] is not ("1" or "2" or "3"))
                throw new FormatException($"Line {number} of the attribution lexicon: the strength of \"{fields[0]}\" is \"{fields[2]}\"; it must be 1, 2 or 3.");
            var strength = fields[2] == "3" ? WordTags.StrongCue : fields[2] == "1" ? WordTags.WeakCue : WordTags.None;
            var term = fields[0];
            switch (fields[1])
            {
                case "cue-verb": AddVerb(term, WordTags.Speech | strength); break;
                case "cue-marked": AddVerb(term, WordTags.Speech | WordTags.NeedsMark | strength); break;
                case "cue-thought": AddVerb(term, WordTags.Thought | strength); break;
                case "cue-stance": AddVerb(term, WordTags.Stance | strength); break;
                case "negated-cue": AddVerb(term, WordTags.Speech | WordTags.Denial | strength); break;
                case "denial-setting": AddTerm(term, WordTags.None); break;
                case "cue-appearance": AddVerb(term, WordTags.Appearance); break;
                case "takes-addressee": AddVerb(term, WordTags.Addressee); break;
                case "takes-name": AddVerb(term, WordTags.TakesName); break;
                case "takes-charge": AddVerb(term, WordTags.TakesCharge); break;
                case "takes-as": AddVerb(term, WordTags.TakesAs); break;
                case "noun-too": AddVerb(term, WordTags.NounToo, WordTags.Base | WordTags.Third); break;
                case "cue-noun": AddNoun(term, WordTags.CueNoun); break;
                case "cue-before-source": AddTerm(term, WordTags.CueBeforeSource); break;
                case "cue-without-source": AddTerm(term, WordTags.CueWithoutSource); break;
                case "view-noun": AddNoun(term, WordTags.ViewNoun); break;
                case "cue-around-source" or "cue-setting": AddTerm(term, WordTags.None); break;
                case "asserting-insertion": AddTerm(term, WordTags.Insertion); break;
                case "title": AddTerm(term, WordTags.Title); break;
                case "source-person": AddNoun(term, WordTags.Person); break;
                case "source-organisation": AddNoun(term, WordTags.Organisation); break;
                case "source-document": AddNoun(term, WordTags.DocumentSource); break;
                case "source-data": AddNoun(term, WordTags.DataSource); break;
                case "source-anonymous": AddNoun(term, WordTags.Anonymous); break;
                case "source-vague": AddNoun(term, WordTags.Vague); break;
                case "furniture-boilerplate": AddTerm(term, WordTags.Boilerplate); break;
                case "furniture-credit": AddTerm(term, WordTags.Credit); break;
                case "furniture-caption": AddTerm(term, WordTags.Caption); break;
                case "furniture-appeal": AddTerm(term, WordTags.Appeal); break;
                case "furniture-appeal-for": AddTerm(term, WordTags.AppealFor); break;
                case "furniture-about-writer": AddTerm(term, WordTags.AboutWriter); break;
                case "furniture-byline": AddTerm(term, WordTags.Byline); break;
                case "furniture-metadata": AddTerm(term, WordTags.Metadata); break;
                default: throw new FormatException($"Line {number} of the attribution lexicon: \"{fields[1]}\" is no label that it knows.");
            }
        }

        public AttributionLexicon Build()
        {
            var ordered = phrases.OrderBy(p => p.First).ToArray();
            var first = new Dictionary<ulong, (int First, int Count)>();
            for (var i = 0; i < ordered.Length; i++)
                first[ordered[i].First] = first.TryGetValue(ordered[i].First, out var range) ? (range.First, range.Count + 1) : (i, 1);
            foreach (var hash in first.Keys)
                tags.TryAdd(hash, WordTags.None);
            var words = new HashTable<WordEntry>(tags.Count);
            foreach (var (hash, tag) in tags)
                words.GetOrAdd(hash, out _) = first.TryGetValue(hash, out var range) ? new WordEntry(tag, range.First, range.Count) : new WordEntry(tag, 0, 0);
            return new AttributionLexicon(words, ordered);
        }

        private void AddWord(string word, WordTags tag)
        {
            var hash = NormalForm.Hash(word);
            tags[hash] = tags.GetValueOrDefault(hash) | tag;
        }

        private void AddVerb(string term, WordTags tag, WordTags forms = WordTags.VerbForm)
        {
            var space = term.IndexOf(' ', StringComparison.Ordinal);
            var lemma = space < 0 ? term : term[..space];
            foreach (var (form, formTag) in Inflection.OfVerb(lemma))
            {
                if ((formTag & forms) == 0)
                    continue;
                AddTerm(space < 0 ? form : form + term[space..], tag | formTag);
            }
        }

        private void AddNoun(string term, WordTags tag)
        {
            AddTerm(term, tag);
            if (!term.EndsWith('s') && !term.EndsWith('*') && !term.Contains(" say", StringComparison.Ordinal))
                AddTerm(Inflection.Plural(term), tag);
        }

        private void AddTerm(string term, WordTags tag)
        {
            var tokens = new List<Token>();
            var hashes = new List<ulong>();
            foreach (var part in term.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (part == "*")
                {
                    hashes.Add(Gap);
                    continue;
                }

                tokens.Clear();
                Tokenizer.Tokenize(part, tokens);
                hashes.AddRange(tokens.Select(t => t.Hash));
            }

            if (hashes.Count == 1)
                tags[hashes[0]] = tags.GetValueOrDefault(hashes[0]) | tag;
            else if (hashes.Count > 1 && hashes[0] != Gap)
                phrases.Add(new Phrase(hashes[0], [.. hashes.Skip(1)], tag));
        }
    }
}
