using System.CommandLine;
using System.Text;
using System.Text.Json;
using Moderation.Worker.Commands;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Tests.Commands;

public sealed class AnnotateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moderation-annotate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Annotate_JsonLines_GivesOneLineForEachInOrder()
    {
        var input = string.Concat(Enumerable.Range(0, 2_000).Select(static i => $$"""{"id":"{{i}}","text":"{{new string('x', i % 97 * 50)}} The mayor slammed it."}""" + "\n"));

        var (code, output, errors) = await RunAsync(input, "--format", "jsonl", "-");

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal("", errors);
        Assert.Equal(Enumerable.Range(0, 2_000).Select(static i => $"{i}"), Lines(output).Select(static line => line.GetProperty("article").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Annotate_BadLines_StandInTheirPlacesAndTheExitCodeTells()
    {
        var (code, output, errors) = await RunAsync(
            "{\"id\":\"1\",\"text\":\"One.\"}\nnot json\n\n{\"id\":\"2\"}\n{\"id\":\"3\",\"text\":\"BREAK THE ENGINE\"}\n{\"id\":\"4\",\"text\":\"Four.\"}\n\n\n", "--format", "jsonl", "-");

        var lines = Lines(output);
        Assert.Equal(ExitCodes.SomeInputsFailed, code);
        Assert.Equal(
            ["1", "bad-json", "empty", "no-text", "annotation-failed", "4"],
            lines.Select(static line => line.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : line.GetProperty("article").GetProperty("id").GetString()));
        Assert.All(lines.Where(static line => line.TryGetProperty("error", out _)), static line => Assert.NotEqual("", line.GetProperty("error").GetProperty("reason").GetString()));
        Assert.Contains("4 of 6", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotate_FirstLineBroken_IsStillJsonLines()
    {
        var (code, output, _) = await RunAsync("{\"id\":\"1\",\"text\":\"cut sho\n{\"id\":\"2\",\"text\":\"Two.\"}\n", "--format", "jsonl", "-");

        Assert.Equal(ExitCodes.SomeInputsFailed, code);
        Assert.Equal(2, Lines(output).Length);
    }

    [Fact]
    public async Task Annotate_LastLineWithoutItsEnd_Counts() =>
        Assert.Equal(2, Lines((await RunAsync("{\"id\":\"1\",\"text\":\"One.\"}\r\n{\"id\":\"2\",\"text\":\"Two.\"}", "--format", "jsonl", "-")).Output).Length);

    [Fact]
    public async Task Annotate_LineSeparatorsInText_StayInsideTheirLine()
    {
        var (_, output, _) = await RunAsync("""{"id":"1","text":"a\u2028b\u0085c\u000bd"}""" + "\n", "--format", "jsonl", "-");

        Assert.Equal("a\u2028b\u0085c\vd", Assert.Single(Lines(output)).GetProperty("text").GetString());
        Assert.DoesNotContain(output, static character => character is '\u2028' or '\u0085' or '\v');
    }

    [Fact]
    public async Task Annotate_DetailSentences_GivesSentences()
    {
        var with = await RunAsync("""{"id":"1","text":"One."}""" + "\n", "--format", "jsonl", "--detail", "sentences", "-");
        var without = await RunAsync("""{"id":"1","text":"One."}""" + "\n", "--format", "jsonl", "-");

        Assert.Equal(0.3, Lines(with.Output)[0].GetProperty("sentences")[0].GetProperty("scores").GetProperty("editorializing").GetDouble());
        Assert.False(Lines(without.Output)[0].TryGetProperty("sentences", out _));
    }

    [Theory]
    [InlineData("article.txt", "Plain <b>text</b>.", "Plain <b>text</b>.")]
    [InlineData("article.html", "<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("article.json", """{"id":"in-the-file","text":"From JSON."}""", "From JSON.")]
    [InlineData("article", "<!DOCTYPE html><p>Sniffed</p>", "Sniffed")]
    [InlineData("article", "{\n  \"id\": \"x\",\n  \"text\": \"Indented JSON.\"\n}\n", "Indented JSON.")]
    [InlineData("article", "Just words.", "Just words.")]
    [InlineData("article.jsonl", """{"id":"x","text":"A line."}""", "A line.")]
    public async Task Annotate_AFile_IsReadForWhatItIs(string name, string content, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);

        var (code, output, _) = await RunAsync("", "--format", "jsonl", path);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(text, Assert.Single(Lines(output)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Annotate_TextFile_IsNamedByItsFile()
    {
        var path = Path.Combine(_folder, "council.txt");
        await File.WriteAllTextAsync(path, "Text.", TestContext.Current.CancellationToken);

        Assert.Equal("council", Lines((await RunAsync("", "-f", "jsonl", path)).Output)[0].GetProperty("article").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Annotate_MissingFileAmongOthers_FailsAloneAndByName()
    {
        var good = Path.Combine(_folder, "good.txt");
        await File.WriteAllTextAsync(good, "Text.", TestContext.Current.CancellationToken);

        var (code, output, errors) = await RunAsync("", Path.Combine(_folder, "missing.txt"), good);

        Assert.Equal(ExitCodes.SomeInputsFailed, code);
        Assert.Contains("Text.", output, StringComparison.Ordinal);
        Assert.Contains("missing.txt: There is no such file.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotate_Genre_FillsInWhereTheArticleNamesNone()
    {
        var lines = Lines((await RunAsync("{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"2\",\"text\":\"Two.\",\"genre\":\"news\"}\n", "-f", "jsonl", "--genre", "opinion", "-")).Output);

        Assert.Equal(["opinion", "news"], lines.Select(static line => line.GetProperty("article").GetProperty("genre").GetString()));
    }

    [Fact]
    public async Task Annotate_Json_IsIndented()
    {
        var (_, output, _) = await RunAsync("""{"id":"1","text":"One."}""", "-f", "json", "-i", "json", "-");

        Assert.StartsWith("{\n  \"article\"", output, StringComparison.Ordinal);
        Assert.Equal("1", JsonDocument.Parse(output).RootElement.GetProperty("article").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Annotate_Html_IsOnePageForAllArticles()
    {
        var (_, output, _) = await RunAsync("{\"id\":\"1\",\"text\":\"The mayor slammed it.\"}\nbad\n{\"id\":\"2\",\"text\":\"Two.\"}\n", "-f", "html", "-i", "jsonl", "-");

        Assert.StartsWith("<!DOCTYPE html>", output, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", output, StringComparison.Ordinal);
        Assert.Equal(3, output.Split("<article").Length - 1);
    }

    [Fact]
    public async Task Annotate_OutputClosedEarly_StopsQuietly()
    {
        var input = string.Concat(Enumerable.Repeat("{\"id\":\"1\",\"text\":\"One.\"}\n", 5_000));
        var command = AnnotateCommand.Create(static (_, _, _) => new WordListAnnotator(), () => new MemoryStream(Encoding.UTF8.GetBytes(input)), static () => new ClosedPipe());
        using var errors = new StringWriter();

        var code = await command.Parse(["-f", "jsonl", "-"]).InvokeAsync(new InvocationConfiguration { Error = errors }, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public async Task Annotate_InputThatBreaksOff_FailsAloneAndByName()
    {
        var good = Path.Combine(_folder, "good.txt");
        await File.WriteAllTextAsync(good, "Text.", TestContext.Current.CancellationToken);
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var command = AnnotateCommand.Create(static (_, _, _) => new WordListAnnotator(), static () => new BrokenInput(), () => output);

        var code = await command.Parse(["-f", "jsonl", "-", good]).InvokeAsync(new InvocationConfiguration { Error = errors }, TestContext.Current.CancellationToken);

        var lines = Lines(Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(ExitCodes.SomeInputsFailed, code);
        Assert.Equal("unreadable", lines[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("good", lines[1].GetProperty("article").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--voices", "some")]
    [InlineData("--detail", "everything")]
    [InlineData("--nonsense", "x")]
    [InlineData("--max-text-length", "0")]
    public async Task RunAsync_WrongUsage_ExitsWithTwo(string option, string value) =>
        Assert.Equal(ExitCodes.WrongUsage, await CommandLine.RunAsync(["annotate", option, value, "-"], TestContext.Current.CancellationToken));

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var command = AnnotateCommand.Create(static (_, _, _) => new WordListAnnotator(), () => new MemoryStream(Encoding.UTF8.GetBytes(input)), () => output);
        var code = await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { Error = errors, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    // Split as Python's splitlines would, which many consumers use.
    private static JsonElement[] Lines(string output) =>
        [.. output.Split(["\n", "\u2028", "\u0085", "\v"], StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    private sealed class BrokenInput : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(new IOException("Input/output error"));
    }

    private sealed class ClosedPipe : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("Broken pipe"));
    }
}
