using Moderation.Annotation.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;

namespace Moderation.Training.Tests.Corpus;

/// <summary>The training data as they stand: every article, sentence and word list is well formed.</summary>
public sealed class TrainingDataTests
{
    private static readonly Lazy<List<(string Path, LabelledArticle Article)>> Articles = new(() =>
        [.. Directory.EnumerateFiles(RepositoryFiles.Articles, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (path, CorpusReader.Read(path, File.ReadAllText(path))))]);

    private static readonly Lazy<List<(string Path, LabelledArticle Article)>> Sentences = new(() =>
        [.. SentencesOf("examples", flagged: true), .. SentencesOf("plain", flagged: false)]);

    [Fact]
    public void Articles_All_HaveTheIdOfTheirFile() =>
        Assert.All(Articles.Value, a => Assert.Equal(Path.GetFileNameWithoutExtension(a.Path), a.Article.Id));

    [Fact]
    public void Articles_All_HaveIdsOfTheirOwn() =>
        Assert.Empty(Articles.Value.GroupBy(a => a.Article.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => string.Join(", ", group.Select(a => a.Path))));

    [Fact]
    public void AllSpans_BeginAndEndAtWordBorders() => Check((_, article) =>
        from span in article.Spans
        let text = article.Article.Text
        where CutsWord(text, span.Span.Start) || CutsWord(text, span.Span.End) || char.IsWhiteSpace(text[span.Span.Start]) || char.IsWhiteSpace(text[span.Span.End - 1])
        select $"“{span.Span.Of(text)}” begins or ends within a word or at a space");

    [Fact]
    public void AllSpans_HoldBothMarksOfAQuotationOrNone() => Check((_, article) =>
        from span in article.Spans
        let words = span.Span.Of(article.Article.Text).ToString()
        where words.Count(c => c == '“') != words.Count(c => c == '”') || words.Count(c => c == '"') % 2 != 0
        select $"“{words}” runs over a quotation mark into somebody else's words");

    [Fact]
    public void AllSpans_AreFlaggedOnceUnderALabel() => Check((_, article) =>
        from span in article.Spans
        group span by span into same
        where same.Count() > 1
        select $"“{same.Key.Span.Of(article.Article.Text)}” is flagged twice as {same.Key.Label.Name()}");

    [Fact]
    public void AllTexts_AreFreeOfUnseenCharacters() => Check((_, article) =>
        article.Article.Text.Any(c => c is '\uFFFD' or '\uFEFF' || char.IsControl(c) && c is not ('\n' or '\t')) ? ["the text holds a replacement, byte order or control character"] : []);

    [Fact]
    public void Articles_Texts_OccurOnce() =>
        Assert.Empty(Articles.Value.GroupBy(a => a.Article.Article.Text, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => string.Join(", ", group.Select(a => a.Path))));

    [Fact]
    public void Sentences_Texts_OccurOnce() =>
        Assert.Empty(Sentences.Value.GroupBy(a => a.Article.Article.Text, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => $"{string.Join(", ", group.Select(a => a.Path))}: {group.Key}"));

    [Fact]
    public void Split_EveryPart_HasEveryLabelAtLeastTenTimes()
    {
        foreach (var part in Enum.GetValues<Part>())
        {
            var spans = Articles.Value.Where(a => Split.Of(a.Article.Id) == part).SelectMany(a => a.Article.Spans).ToLookup(span => span.Label);
            Assert.All(Labels.All, label => Assert.True(spans[label].Count() >= 10, $"{label.Name()} occurs {spans[label].Count()} times in the part {part}."));
        }
    }

    [Fact]
    public void WordLists_All_CanBeRead()
    {
        var lists = WordListReader.Read(Path.Combine(RepositoryFiles.TrainingData, "lexicons")).Build();

        Assert.True(lists.Lexicon.Entries.Count > 1000);
        Assert.True(lists.Classes.ClassNames.Count is > 10 and <= 128);
    }

    [Theory]
    [InlineData("classes.tsv")]
    [InlineData("pos.tsv")]
    [InlineData("equivalents.tsv")]
    [InlineData("irregular.tsv")]
    public void WordLists_TwoColumns_AreFilledInEveryLine(string file) => CheckLines(file, fields =>
        fields.Length == 2 && fields.All(field => field.Length > 0 && field == field.Trim()) ? null : "a line has two fields without spaces around them");

    [Fact]
    public void WordLists_Entries_OccurOncePerLabelAndFile()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.TrainingData, "lexicons"), "*.tsv"))
        {
            var twice = File.ReadLines(path).Skip(1).GroupBy(line => string.Join('\t', line.Split('\t').Take(2)), StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
            Assert.True(!twice.Any(), $"{Path.GetFileName(path)} lists more than once: {string.Join("; ", twice.Take(5))}");
        }
    }

    [Fact]
    public void WordLists_Equivalents_StandForWordsThatStandForThemselves()
    {
        var pairs = File.ReadLines(Path.Combine(RepositoryFiles.TrainingData, "lexicons", "equivalents.tsv")).Skip(1).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => fields[1]);

        Assert.All(pairs, pair => Assert.False(pairs.ContainsKey(pair.Value), $"{pair.Key} stands for {pair.Value}, which itself stands for another."));
    }

    [Theory]
    [InlineData("slam\temotive\t2\tcriticise\t-", "'emotive' is not a label")]
    [InlineData("slam\temotive-wording\t9\tcriticise\t-", "strength '9'")]
    [InlineData("slam\temotive-wording\t2", "five fields")]
    public void WordLists_BrokenEntry_NamesFileAndLine(string line, string what)
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.TrainingData, "lexicons"), "*.tsv"))
            File.Copy(path, Path.Combine(folder.Path, Path.GetFileName(path)));
        var broken = folder.Write("broken.tsv", $"term\tlabel\tstrength\tneutral\tliteral\nfine\tpuffery\t1\t-\t-\n{line}\n");

        var message = Assert.Throws<CorpusFormatException>(() => WordListReader.Read(folder.Path)).Message;

        Assert.StartsWith($"{broken}:3: ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    [Fact]
    public void WordLists_FileMissing_IsNamed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("verbs.tsv", "term\tlabel\tstrength\tneutral\tliteral\n");

        Assert.Contains("classes.tsv", Assert.Throws<CorpusFormatException>(() => WordListReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, LabelledArticle Article)> SentencesOf(string folder, bool flagged) =>
        CorpusReader.ReadSentences(Path.Combine(RepositoryFiles.TrainingData, folder), flagged).Select(sentence => (Path.Combine(RepositoryFiles.TrainingData, folder, sentence.Id), sentence));

    private static void Check(Func<string, LabelledArticle, IEnumerable<string>> faultsOf)
    {
        Assert.True(Articles.Value.Count > 100);
        Assert.True(Sentences.Value.Count > 1000);
        var faults = Articles.Value.Concat(Sentences.Value).SelectMany(a => faultsOf(a.Path, a.Article).Select(fault => $"{Path.GetRelativePath(RepositoryFiles.Root, a.Path)}: {fault}")).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(40))}");
    }

    private static void CheckLines(string file, Func<string[], string?> findFault)
    {
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.TrainingData, "lexicons", file)))
        {
            number++;
            var fault = findFault(line.Split('\t'));
            Assert.True(fault is null, $"{file}:{number}: {fault}: “{line}”");
        }

        Assert.True(number > 10, $"{file} has {number} lines.");
    }

    private static bool CutsWord(string text, int position) =>
        position > 0 && position < text.Length && char.IsLetterOrDigit(text[position - 1]) && char.IsLetterOrDigit(text[position]);
}
