using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training.Tests.Corpus;

public sealed class CorpusReaderTests
{
    private const string Head = "# id: sample-01\n# genre: news\n# topic: town\n# style: plain\n# origin: written for this project\n\n";

    [Fact]
    public void Read_Article_HasItsTextMetadataAndSpans()
    {
        var article = Read("Mayor [slams](emotive-wording) audit\n@byline By Staff\nThe council met.\n");

        Assert.Equal("Mayor slams audit\nBy Staff\nThe council met.", article.Article.Text);
        Assert.Equal(("sample-01", "news", "plain"), (article.Id, article.Article.Genre, article.Style));
        Assert.Equal(new GoldSpan(new TextSpan(6, 11), Label.EmotiveWording), Assert.Single(article.Spans));
        Assert.Equal([ZoneKind.Headline, ZoneKind.Byline], article.Article.Hints.Select(hint => hint.Kind));
        Assert.Equal("By Staff", article.Article.Hints[1].Span.Of(article.Article.Text).ToString());
    }

    [Fact]
    public void ReadSentences_LinesAndNotes_GivesASentenceALine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("wording.txt", "# charged words\nThe mayor [slammed](emotive-wording) it.\n\nThe [crooks](name-calling) won.\n");

        var sentences = CorpusReader.ReadSentences(folder.Path, flagged: true).ToList();

        Assert.Equal(["The mayor slammed it.", "The crooks won."], sentences.Select(sentence => sentence.Article.Text));
        Assert.Equal([(new TextSpan(10, 17), Label.EmotiveWording), (new TextSpan(4, 10), Label.NameCalling)], sentences.Select(sentence => (sentence.Spans[0].Span, sentence.Spans[0].Label)));
        Assert.Equal(["wording:2", "wording:4"], sentences.Select(sentence => sentence.Id));
    }

    [Fact]
    public void ReadSentences_PlainOnes_HaveNoFlags()
    {
        using var folder = new TemporaryFolder();
        folder.Write("plain.txt", "The mayor met \\[sic\\] them.\n");

        var sentence = Assert.Single(CorpusReader.ReadSentences(folder.Path, flagged: false));

        Assert.Equal("The mayor met [sic] them.", sentence.Article.Text);
        Assert.Empty(sentence.Spans);
    }

    [Theory]
    [InlineData(true, "The mayor met them.", "has no flag")]
    [InlineData(true, "The [crooks](crooks) won.", "'crooks' is not a label")]
    [InlineData(false, "The [crooks](name-calling) won.", "a plain sentence has no flag")]
    public void ReadSentences_BrokenLine_NamesFileAndLine(bool flagged, string line, string what)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("broken.txt", $"{(flagged ? "The [crooks](name-calling) won." : "They won.")}\n{line}\n");

        var message = Assert.Throws<CorpusFormatException>(() => CorpusReader.ReadSentences(folder.Path, flagged).ToList()).Message;

        Assert.StartsWith($"{path}:2: ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedFlags_GivesBoth()
    {
        var article = Read("Headline\n[He [lied](verdict-verb) to save his job](unsupported-motive).\n");

        Assert.Equal(
            [("lied", Label.VerdictVerb), ("He lied to save his job", Label.UnsupportedMotive)],
            article.Spans.Select(span => (span.Span.Of(article.Article.Text).ToString(), span.Label)));
    }

    [Fact]
    public void Read_BracketsOfTheText_StayInIt() => Assert.Equal("Headline\nHe said \"we [the council] paid\".", Read("Headline\nHe said \"we \\[the council\\] paid\".\n").Article.Text);

    [Fact]
    public void Read_WindowsLineEnds_ChangeNothing()
    {
        const string Body = "Headline\n\nThe [bungling](emotive-wording) council met.\n";

        var unix = Read(Body);
        var windows = CorpusReader.Read("some/file.txt", (Head + Body).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal((unix.Article.Text, unix.Spans.Single()), (windows.Article.Text, windows.Spans.Single()));
    }

    [Theory]
    [InlineData("Headline\nThe [bungling](emotive) council.\n", 8, "'emotive' is not a label")]
    [InlineData("Headline\nThe [bungling council met.\n", 8, "never closed")]
    [InlineData("Headline\nThe bungling] council met.\n", 8, "closes no flag")]
    [InlineData("Headline\nThe bungling](puffery) council met.\n", 8, "closes no flag")]
    [InlineData("Headline\nThe [bungling] council met.\n", 8, "closes no flag")]
    [InlineData("Headline\nThe [bungling](puffery council met.\n", 8, "closes no flag")]
    [InlineData("Headline\n\nThe [](puffery) council met.\n", 9, "holds no words")]
    public void Read_BrokenParagraph_NamesLineAndRemedy(string body, int line, string what)
    {
        var message = Assert.Throws<CorpusFormatException>(() => Read(body)).Message;

        Assert.StartsWith($"some/file.txt:{line}: ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
        AssertTellsWhatToDo(message);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("genre")]
    [InlineData("topic")]
    [InlineData("style")]
    [InlineData("origin")]
    public void Read_MetadataMissing_NamesIt(string name)
    {
        var head = string.Join('\n', Head.Split('\n').Where(line => !line.StartsWith($"# {name}:", StringComparison.Ordinal)));

        var message = Assert.Throws<CorpusFormatException>(() => CorpusReader.Read("some/file.txt", head + "Headline\nText.\n")).Message;

        Assert.StartsWith("some/file.txt:1: ", message, StringComparison.Ordinal);
        Assert.Contains($"# {name}:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MetadataWithoutColon_NamesLineAndRemedy()
    {
        var message = Assert.Throws<CorpusFormatException>(() => CorpusReader.Read("some/file.txt", "# id: a\n# genre news\n\nHeadline\n")).Message;

        Assert.StartsWith("some/file.txt:2: ", message, StringComparison.Ordinal);
        AssertTellsWhatToDo(message);
    }

    [Fact]
    public void Read_NoText_NamesLineAndRemedy()
    {
        var message = Assert.Throws<CorpusFormatException>(() => Read("\n\n")).Message;

        Assert.StartsWith("some/file.txt:", message, StringComparison.Ordinal);
        Assert.Contains("no text", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFolder_SameIdTwice_NamesBothFiles()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a/one.txt", Head + "Headline\n");
        folder.Write("b/two.txt", Head + "Headline\n");

        var message = Assert.Throws<CorpusFormatException>(() => CorpusReader.ReadFolder(folder.Path)).Message;

        Assert.Contains("one.txt", message, StringComparison.Ordinal);
        Assert.Contains("two.txt", message, StringComparison.Ordinal);
        Assert.Contains("sample-01", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFolder_NoSuchFolder_NamesItAndTheOption()
    {
        var message = Assert.Throws<CorpusFormatException>(() => CorpusReader.ReadFolder("no/such/folder")).Message;

        Assert.Contains("no/such/folder", message, StringComparison.Ordinal);
        Assert.Contains("--data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Split_Articles_AreDealtAsStated()
    {
        var parts = Enumerable.Range(0, 10_000).Select(i => Split.Of($"article-{i}")).ToList();

        Assert.InRange(parts.Count(part => part == Part.Train) / 10_000.0, 0.68, 0.72);
        Assert.InRange(parts.Count(part => part == Part.Validation) / 10_000.0, 0.13, 0.17);
        Assert.All(Enumerable.Range(0, 100), i => Assert.InRange(Split.FoldOf($"article-{i}"), 0, Split.Folds - 1));
        Assert.Equal(Split.Of("council-audit-01"), Split.Of("council-audit-01"));
    }

    private static LabelledArticle Read(string body) => CorpusReader.Read("some/file.txt", Head + body);

    private static void AssertTellsWhatToDo(string message) =>
        Assert.True(message.Contains("write '", StringComparison.Ordinal) || message.Contains("give ", StringComparison.Ordinal) || message.Contains("the labels are", StringComparison.Ordinal), $"The message names no remedy: {message}");
}
