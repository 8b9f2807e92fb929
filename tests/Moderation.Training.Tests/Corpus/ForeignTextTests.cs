using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Tests;

namespace Moderation.Training.Tests.Corpus;

/// <summary>No text of the corpora that the project is measured with has come into it: they stand beside some checkouts only.</summary>
public sealed class ForeignTextTests
{
    /// <summary>Words in a row that are compared.</summary>
    private const int RunLength = 8;

    /// <summary>Runs that a file may share by chance: common phrases, titles, dates.</summary>
    private const int ChanceRuns = 2;

    [Fact]
    public void ProjectFiles_Text_IsNotThatOfTheEvaluationCorpora()
    {
        var evaluation = RepositoryFiles.Shared("eval");
        var articles = RepositoryFiles.Shared("articles");
        Assert.SkipWhen(evaluation is null || articles is null, "The evaluation corpora do not stand beside this checkout (../shared/eval, ../shared/articles).");

        var foreign = new HashSet<ulong>();
        foreach (var line in Directory.EnumerateFiles(evaluation, "*.jsonl").SelectMany(File.ReadLines))
        {
            using var json = JsonDocument.Parse(line);
            AddRuns(json.RootElement.GetProperty("text").GetString()!, foreign);
        }

        foreach (var path in Directory.EnumerateFiles(articles, "*.txt"))
            AddRuns(File.ReadAllText(path), foreign);
        Assert.True(foreign.Count > 10_000, "The evaluation corpora hold hardly any text.");

        var files = Directory.EnumerateFiles(RepositoryFiles.TrainingData, "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "tests"), "*.txt", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src", "Moderation.Worker", "Samples")))
            .Order(StringComparer.Ordinal).ToList();
        var copied = files.AsParallel().AsOrdered()
            .Select(path => (Path: path, Runs: SharedRuns(File.ReadAllText(path), foreign)))
            .Where(file => file.Runs.Count > ChanceRuns)
            .Select(file => $"{Path.GetRelativePath(RepositoryFiles.Root, file.Path)}: {file.Runs.Count} runs, as “{string.Join("”, “", file.Runs.Take(3))}”")
            .ToList();

        Assert.True(copied.Count == 0, $"{copied.Count} files share text with the evaluation corpora:\n{string.Join('\n', copied.Take(20))}");
    }

    private static void AddRuns(string text, HashSet<ulong> runs)
    {
        foreach (var (hash, _) in RunsOf(text))
            runs.Add(hash);
    }

    private static List<string> SharedRuns(string text, HashSet<ulong> foreign) =>
        [.. RunsOf(text).Where(run => foreign.Contains(run.Hash)).Select(run => run.Span.Of(text).ToString()).Distinct()];

    /// <summary>Every so many words in a row, without marks and case.</summary>
    private static IEnumerable<(ulong Hash, TextSpan Span)> RunsOf(string text)
    {
        var document = Document.Read(new Article { Id = "text", Text = text });
        var words = document.Tokens.Where(token => token.Kind is TokenKind.Word or TokenKind.Number).ToArray();
        for (var i = 0; i + RunLength <= words.Length; i++)
        {
            ulong hash = 0;
            for (var k = 0; k < RunLength; k++)
                hash = NormalForm.Combine(hash, words[i + k].Hash);
            yield return (hash, new TextSpan(words[i].Start, words[i + RunLength - 1].End));
        }
    }
}
