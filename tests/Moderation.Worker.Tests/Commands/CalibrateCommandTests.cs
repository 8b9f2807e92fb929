using System.CommandLine;
using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Worker.Commands;
using Moderation.Worker.Hosting;
using Moderation.Worker.Models;

namespace Moderation.Worker.Tests.Commands;

/// <summary><c>moderation calibrate</c> and <c>evaluate</c> from their arguments to what they write, with the default model.</summary>
public sealed class CalibrateCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderation-calibrate-").FullName;

    [Fact]
    public async Task Calibrate_ReviewBudget_WritesAProfileThatKeepsToItAndAnnotateTakesIt()
    {
        SkipWithoutModel();
        var articles = Path.Combine(folder, "articles");
        Directory.CreateDirectory(articles);
        await File.WriteAllLinesAsync(Path.Combine(articles, "a.jsonl"), Enumerable.Range(0, 40).Select(i => JsonSerializer.Serialize(new { id = $"a{i}", text = TextOf(i) })));
        await File.WriteAllTextAsync(Path.Combine(articles, "b.txt"), TextOf(3));
        var target = Path.Combine(folder, "daily.json");

        var (code, _, errors) = await RunAsync("calibrate", articles, "--flags-per-day", "30", "--articles-per-day", "20", "--output", target);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("going by 41 articles", errors, StringComparison.Ordinal);
        var profile = ProfileFile.Read(target);
        Assert.Equal("daily", profile.Name);
        var annotator = AnnotatorFactory.Load(null, target, allVoices: false);
        Assert.Equal("daily", annotator.Engine.Profile);
        Assert.Equal(annotator.Engine.Model.Sha256, profile.ModelSha256);
        var flags = Enumerable.Range(0, 40).Append(3).Sum(i => annotator.Annotate(new Article { Id = "x", Text = TextOf(i) }, cancellation: TestContext.Current.CancellationToken).Annotations.Count);
        Assert.InRange(flags / 41.0 * 20, 0.1, 30);
    }

    [Fact]
    public async Task Calibrate_BadInputsAmongGoodOnes_AreNamedAndLeftOut()
    {
        SkipWithoutModel();
        var file = Path.Combine(folder, "a.jsonl");
        await File.WriteAllLinesAsync(file, [JsonSerializer.Serialize(new { id = "a", text = TextOf(1) }), "{ broken"]);

        var (code, output, errors) = await RunAsync("calibrate", file, "--flags-per-day", "5", "--articles-per-day", "1");

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("left out: ", errors, StringComparison.Ordinal);
        Assert.Contains("line 2", errors, StringComparison.Ordinal);
        Assert.Contains("so few that it is uncertain", errors, StringComparison.Ordinal);
        Assert.Contains("\"suggest\":", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_PrecisionOnArticlesWithoutLabels_SaysThatItCannotBe()
    {
        SkipWithoutModel();
        var file = Path.Combine(folder, "plain.txt");
        await File.WriteAllTextAsync(file, "# id: plain\n# genre: news\n# topic: t\n# style: s\n# origin: o\n\nIt rained.\n");

        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => RunAsync("calibrate", file, "--precision", "0.8"));

        Assert.Contains("no article has a label", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Give one goal")]
    [InlineData("Give one goal", "--precision", "0.8", "--recall", "0.8")]
    [InlineData("go together", "--flags-per-day", "30")]
    [InlineData("--precision must be over 0 and under 1", "--precision", "1.5")]
    [InlineData("--flags-per-day must be over 0", "--flags-per-day", "-1", "--articles-per-day", "10")]
    [InlineData("--output must end in .json", "--recall", "0.8", "--output", "profile.txt")]
    public void Calibrate_WrongUsage_SaysWhatIsMissing(string expected, params string[] arguments) =>
        Assert.Contains(CommandLine.Create().Parse(["calibrate", folder, .. arguments]).Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public async Task Evaluate_ReportAndComparison_AreWrittenAndTheSameTwice()
    {
        SkipWithoutModel();
        await File.WriteAllTextAsync(Path.Combine(folder, "one.txt"), "# id: one\n# genre: news\n# topic: t\n# style: s\n# origin: o\n\nMayor [slams](emotive-wording) audit\nThe [bungling](name-calling) council met <b>& left</b>.\n");
        var (first, second) = (Path.Combine(folder, "new", "1.html"), Path.Combine(folder, "2.html"));

        var (code, output, _) = await RunAsync("evaluate", folder, "--compare-profile", "recall", "--report", first);
        await RunAsync("evaluate", folder, "--compare-profile", "recall", "--report", second);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("1 articles, 2 faults", output, StringComparison.Ordinal);
        Assert.Contains("95% interval", output, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(first), await File.ReadAllTextAsync(second));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string TextOf(int i) =>
        $"Mayor slams audit number {i}\nThe bungling council has betrayed every single voter.\nIt met on Monday.\n{(i % 2 == 0 ? "The shameful plan is doomed, and experts agree." : "The vote is on Tuesday.")}\nThe audit office said it had overspent by {i} percent.";

    private static void SkipWithoutModel() => Assert.SkipWhen(ModelLocation.FindDefault() is null, "There is no default model: build one with moderation train.");

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), errors.ToString());
    }
}
