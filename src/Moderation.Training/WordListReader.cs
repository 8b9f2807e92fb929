using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training;

/// <summary>Reads the word lists of the training data as text, which is also how the model file carries them.</summary>
public static class WordListReader
{
    private const string Attribution = "attribution.tsv", Classes = "classes.tsv", PartsOfSpeech = "pos.tsv", Names = "names.tsv", Equivalents = "equivalents.tsv", Irregular = "irregular.tsv";

    private static readonly string[] NotEntries = [Attribution, Classes, PartsOfSpeech, Names, Equivalents, Irregular];

    public static WordListText Read(string folder)
    {
        string[] Lines(string name) => File.Exists(Path.Combine(folder, name))
            ? File.ReadAllLines(Path.Combine(folder, name))
            : throw new CorpusFormatException($"{Path.Combine(folder, name)} is missing; the word lists belong into 'lexicons' beside the articles.");
        var entries = Directory.EnumerateFiles(folder, "*.tsv")
            .Where(path => !NotEntries.Contains(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .SelectMany(path => File.ReadAllLines(path).Skip(1).Select((line, i) => Check(path, i + 2, line)))
            .Where(line => line.Length > 0)
            .ToArray();
        return new WordListText(entries, [.. Lines(Classes), .. Lines(Names).Skip(1)], Lines(PartsOfSpeech), Lines(Equivalents), Lines(Irregular), string.Join('\n', Lines(Attribution)));
    }

    private static string Check(string path, int number, string line)
    {
        if (line.Length == 0)
            return line;
        var fields = line.Split('\t');
        if (fields.Length != 5 || fields[0].Length == 0)
            throw new CorpusFormatException($"{path}:{number}: an entry has five fields (term, label, strength, neutral, literal), this one {fields.Length}.");
        if (!Labels.TryParse(fields[1], out _))
            throw new CorpusFormatException($"{path}:{number}: '{fields[1]}' is not a label.");
        if (fields[2].Length != 1 || fields[2][0] - '0' is < 1 or > LexiconEntry.MaxStrength)
            throw new CorpusFormatException($"{path}:{number}: strength '{fields[2]}' is not a number from 1 to {LexiconEntry.MaxStrength}.");
        return line;
    }
}
