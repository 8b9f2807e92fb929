using Moderation.Annotation.Results;
using Moderation.Tests;

namespace Moderation.Annotation.Tests;

/// <summary>
/// Short plain lines that the model has not learned from, with nothing in them to flag (Fixtures/Plain): how often it raises a false alarm, where a
/// line is the whole text and where it stands among others.
/// </summary>
public sealed class PlainLineTests(ITestOutputHelper output)
{
    private const int LinesOfAnArticle = 12;

    [Theory]
    [InlineData("sentences.txt", 0.06)]
    [InlineData("headlines.txt", 0.1)]
    public void Annotate_PlainLineAlone_IsSeldomFlagged(string file, double most) => AssertSeldom(Read(file), flagged: result => Math.Min(1, result.Annotations.Count), most);

    [Fact]
    public void Annotate_PlainSentencesInArticles_AreSeldomFlagged() =>
        AssertSeldom([.. Read("sentences.txt").Chunk(LinesOfAnArticle).Select(lines => string.Join('\n', lines))], flagged: result => result.Annotations.Count, most: 0.025);

    [Theory]
    [InlineData("sentences.txt")]
    [InlineData("headlines.txt")]
    public void Lines_AreNotTrainedOn(string file)
    {
        var trained = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.TrainingData, "plain")).SelectMany(File.ReadLines).Select(Words).ToHashSet();

        Assert.DoesNotContain(Read(file), line => trained.Contains(Words(line)));

        static string Words(string line) => string.Concat(line.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }

    /// <summary>Fails where there are more false alarms than the share of the lines.</summary>
    private void AssertSeldom(string[] texts, Func<AnnotatedArticle, int> flagged, double most)
    {
        var results = texts.Select(text => DefaultEngine.Annotate(text)).ToList();
        var lines = texts.Sum(text => text.Count(c => c == '\n') + 1);

        var alarms = results.Sum(flagged);

        var report = $"{alarms} false alarms in {lines} lines:\n{string.Join('\n', results.SelectMany(result => result.Annotations.Select(flag => DefaultEngine.Show(result, flag))))}";
        output.WriteLine(report);
        Assert.True(lines > 100, $"Only {lines} lines were read.");
        Assert.True(alarms <= most * lines, report);
    }

    private static string[] Read(string file) =>
        File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "tests", "Moderation.Annotation.Tests", "Fixtures", "Plain", file));
}
