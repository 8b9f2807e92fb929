using System.Globalization;
using Moderation.Annotation.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;

namespace Moderation.Annotation.Tests;

/// <summary>A file of Fixtures/Labels: a rule, the marks to reach on it, and its cases (see the README there).</summary>
internal sealed record LabelFixtureFile(string Name, Label? Label, double Found, double SameLabel, double Clean, IReadOnlyList<LabelledArticle> Cases)
{
    private const string CaseMark = "== ";

    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "tests", "Moderation.Annotation.Tests", "Fixtures", "Labels");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static LabelFixtureFile Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, name + ".txt"));
        var settings = lines.TakeWhile(line => line.StartsWith('#'))
            .Select(line => line[1..].Split(':', 2))
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
        Label? label = settings.TryGetValue("label", out var written)
            ? Labels.TryParse(written, out var known) ? known : throw new FormatException($"{name}: '{written}' is not a label.")
            : null;
        return new LabelFixtureFile(name, label, Share(settings, "found"), Share(settings, "same label"), Share(settings, "clean"), [.. ReadCases(name, lines)]);
    }

    private static double Share(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var written) ? double.Parse(written.TrimEnd('%'), CultureInfo.InvariantCulture) / 100 : 0;

    private static IEnumerable<LabelledArticle> ReadCases(string file, string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(CaseMark, StringComparison.Ordinal))
                continue;
            var head = lines[i][CaseMark.Length..].Split('|', StringSplitOptions.TrimEntries);
            var body = lines.Skip(i + 1).TakeWhile(line => !line.StartsWith(CaseMark, StringComparison.Ordinal));
            var content = $"# id: {file}/{head[0]}\n# genre: {(head.Length > 1 ? head[1] : "news")}\n# topic: fixture\n# style: fixture\n# origin: written for this project\n\n{string.Join('\n', body)}";
            var article = CorpusReader.Read($"{file}.txt, case '{head[0]}'", content);
            // A case comes as plain text, like any other article: the engine finds its furniture itself.
            yield return article with { Article = article.Article with { Hints = [] } };
        }
    }
}
