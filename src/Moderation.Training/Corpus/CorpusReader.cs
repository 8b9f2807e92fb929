using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Training.Corpus;

/// <summary>
/// Reads labelled articles in the format of the guidelines: metadata lines that start with "#", a blank line, a paragraph a line with flagged
/// stretches written <c>[words](label)</c>, and page furniture marked by <c>@caption</c> and the like.
/// </summary>
public static class CorpusReader
{
    private static readonly string[] RequiredMetadata = ["id", "genre", "topic", "style", "origin"];

    private static readonly (string Mark, ZoneKind Kind)[] Furniture =
    [
        ("@caption ", ZoneKind.Caption), ("@promo ", ZoneKind.Promo), ("@byline ", ZoneKind.Byline),
        ("@boilerplate ", ZoneKind.Boilerplate), ("@comment ", ZoneKind.EditorComment),
    ];

    /// <summary>All articles under the folder, by path, so that the order is the same on every machine.</summary>
    /// <exception cref="CorpusFormatException">A file breaks the format.</exception>
    public static List<LabelledArticle> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CorpusFormatException($"{folder}: there is no such folder. Give the folder that holds the labelled articles (--data).");
        var articles = new List<LabelledArticle>();
        var pathOfId = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var article = Read(path, File.ReadAllText(path));
            if (!pathOfId.TryAdd(article.Id, path))
                throw Broken(path, 1, $"the id '{article.Id}' is also that of {pathOfId[article.Id]}; give one of them another");
            articles.Add(article);
        }

        return articles;
    }

    /// <exception cref="CorpusFormatException">The text breaks the format.</exception>
    public static LabelledArticle Read(string path, string content)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var text = new StringBuilder(content.Length);
        var spans = new List<GoldSpan>();
        var hints = new List<StructureHint>();
        var inBody = false;
        var lineNumber = 0;
        foreach (var raw in content.Split('\n'))
        {
            lineNumber++;
            var line = raw.TrimEnd('\r');
            if (!inBody && line.StartsWith('#'))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon < 0)
                    throw Broken(path, lineNumber, "a metadata line has no colon; write '# name: value'");
                metadata[line[1..colon].Trim()] = line[(colon + 1)..].Trim();
                continue;
            }

            inBody = true;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            ReadParagraph(path, lineNumber, line, text, spans, hints);
        }

        foreach (var name in RequiredMetadata)
        {
            if (!metadata.ContainsKey(name))
                throw Broken(path, 1, $"the metadata has no '{name}'; add a line '# {name}: …'");
        }

        if (text.Length == 0)
            throw Broken(path, lineNumber, "the article has no text; write its paragraphs after the metadata and a blank line");
        var article = new Article { Id = metadata["id"], Text = text.ToString(), Genre = metadata["genre"], Hints = hints };
        return new LabelledArticle(article, spans, Path.GetFileName(Path.GetDirectoryName(path)) ?? "", metadata["style"]);
    }

    /// <summary>The sentences of every file in the folder, a line each, with flags as in an article; lines that start with "#" are notes.</summary>
    /// <param name="flagged">Whether each must have a flag, or none.</param>
    /// <returns>Each sentence as an article of its own; nothing where there is no such folder.</returns>
    /// <exception cref="CorpusFormatException">A line breaks the format.</exception>
    public static IEnumerable<LabelledArticle> ReadSentences(string folder, bool flagged)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var lineNumber = 0;
            foreach (var line in File.ReadLines(path))
            {
                lineNumber++;
                if (line.StartsWith('#') || string.IsNullOrWhiteSpace(line))
                    continue;
                var text = new StringBuilder(line.Length);
                var spans = new List<GoldSpan>();
                ReadMarks(path, lineNumber, line, text, spans);
                if (flagged && spans.Count == 0)
                    throw Broken(path, lineNumber, "the sentence has no flag; write '[words](label)' around the words at fault");
                if (!flagged && spans.Count > 0)
                    throw Broken(path, lineNumber, "a plain sentence has no flag; one with a flag belongs in the folder 'examples'");
                var name = Path.GetFileNameWithoutExtension(path);
                yield return new LabelledArticle(new Article { Id = $"{name}:{lineNumber}", Text = text.ToString() }, spans, name, "sentence");
            }
        }
    }

    private static void ReadParagraph(string path, int lineNumber, string line, StringBuilder text, List<GoldSpan> spans, List<StructureHint> hints)
    {
        if (text.Length > 0)
            text.Append('\n');
        var start = text.Length;
        ZoneKind? zone = start == 0 ? ZoneKind.Headline : null;
        foreach (var (mark, kind) in Furniture)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
            {
                zone = kind;
                line = line[mark.Length..];
                break;
            }
        }

        ReadMarks(path, lineNumber, line, text, spans);
        if (zone is { } found)
            hints.Add(new StructureHint(found, new TextSpan(start, text.Length)));
    }

    private static void ReadMarks(string path, int lineNumber, string line, StringBuilder text, List<GoldSpan> spans)
    {
        var open = new Stack<int>();
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length && line[i + 1] is '[' or ']')
            {
                text.Append(line[++i]);
            }
            else if (c == '[')
            {
                open.Push(text.Length);
            }
            else if (c == ']')
            {
                var close = i + 1 < line.Length && line[i + 1] == '(' ? line.IndexOf(')', i) : -1;
                if (close < 0 || open.Count == 0)
                    throw Broken(path, lineNumber, $"a ']' at column {i + 1} closes no flag; write '[words](label)', or '\\]' for a bracket of the text");
                var name = line.AsSpan(i + 2, close - i - 2);
                if (!Labels.TryParse(name, out var label))
                    throw Broken(path, lineNumber, $"'{name}' is not a label; the labels are {string.Join(", ", Labels.All.Select(known => known.Name()))}");
                var span = new TextSpan(open.Pop(), text.Length);
                if (span.IsEmpty)
                    throw Broken(path, lineNumber, $"the flag that closes at column {i + 1} holds no words; write '[words](label)'");
                spans.Add(new GoldSpan(span, label));
                i = close;
            }
            else
            {
                text.Append(c);
            }
        }

        if (open.Count > 0)
            throw Broken(path, lineNumber, "a '[' is never closed; write '[words](label)', or '\\[' for a bracket of the text");
    }

    private static CorpusFormatException Broken(string path, int line, string what) => new($"{path}:{line}: {what}.");
}
