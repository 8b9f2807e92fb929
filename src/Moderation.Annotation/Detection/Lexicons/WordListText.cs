using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection.Lexicons;

/// <summary>The word lists as they are written (tab-separated lines), and how they become tables.</summary>
/// <param name="Entries">term, label, strength, neutral, literal – without a heading.</param>
public sealed record WordListText(string[] Entries, string[] Classes, string[] PartsOfSpeech, string[] Equivalents, string[] Irregular, string Attribution)
{
    /// <summary>Words of the literal contexts that say nothing.</summary>
    private static readonly HashSet<string> Fillers = ["the", "of", "a", "an", "and", "or", "in", "as", "to", "for", "on", "by", "with", "use", "name", "names", "sense", "literal", "title", "titles", "team", "any"];

    private static readonly char[] Separators = [' ', ',', ';', ':', '/', '(', ')'];

    public WordLists Build()
    {
        var wordForms = WordForms.Parse(Irregular);
        return new WordLists(
            Lexicon.Build([.. Entries.Select(Entry)], wordForms),
            WordClasses.Build(Classes, PartsOfSpeech, Equivalents, wordForms),
            AttributionLexicon.Parse(new StringReader(Attribution)));
    }

    private static LexiconEntry Entry(string line)
    {
        var fields = line.Split('\t');
        if (!Labels.TryParse(fields[1], out var label))
            throw new InvalidDataException($"The word lists name a label that does not exist: '{fields[1]}'.");
        var neutral = fields[3] is "-" or "" || fields[3].Contains('*', StringComparison.Ordinal) ? null : fields[3];
        return new LexiconEntry(fields[0], label, fields[2][0] - '0', neutral, LiteralContexts(fields[4]));
    }

    private static ulong[] LiteralContexts(string written)
    {
        if (written is "" or "-")
            return [];
        var hashes = new List<ulong>();
        foreach (var part in written.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = part.ToLowerInvariant();
            if (word.Length > 2 && !Fillers.Contains(word) && NormalForm.Hash(word) is var hash && !hashes.Contains(hash))
                hashes.Add(hash);
        }

        return [.. hashes];
    }
}
