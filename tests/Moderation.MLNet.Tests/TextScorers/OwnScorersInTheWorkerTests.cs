using System.Text.Json;
using System.Text.Json.Nodes;
using Moderation.Contracts.Tests.Schemas;
using Moderation.MLNet.Tests.Support;
using Moderation.Tests;
using Moderation.Training.Tests;
using Moderation.Worker.Commands;

namespace Moderation.MLNet.Tests.TextScorers;

/// <summary>The worker with a text classifier of the newsroom's own.</summary>
public sealed class OwnScorersInTheWorkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_ScorerConfigured_ItsFlagsCarryItsFamilyAndLabel()
    {
        TextModels.SaveBinary(Path.Combine(_folder.Path, "clickbait.zip"));
        _folder.Write("inbox/article.json", """{"id":"article","text":"The council met on Monday.\n\nThe council met on Monday.\n\nYou will not believe what the mayor did next.\n\n“This one trick will shock you,” said Maria Holt."}""");

        var exit = await RunAsync("Probability");

        Assert.Equal(0, exit);
        var path = Path.Combine(_folder.Path, "results", "article.json");
        var result = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!["data"]!;
        var flags = result["annotations"]!.AsArray().Where(flag => (string?)flag!["scorer"] == "house").ToList();
        var flag = Assert.Single(flags)!;
        Assert.Equal("house-style", (string?)flag["family"]);
        Assert.Equal("clickbait", (string?)flag["label"]);
        Assert.Equal("major", (string?)flag["severity"]);
        Assert.Equal("You will not believe what the mayor did next.", (string?)flag["target"]!["selector"]![0]!["exact"]);
        Assert.Equal(1, (int?)result["summary"]!["byFamily"]!["house-style"]);
        Assert.Equal("clickbait", (string?)Assert.Single(result["engine"]!["scorers"]!.AsArray())!["label"]);
        Assert.Empty(JsonSchema.Load("annotated-article.schema.json").Errors(result.ToJsonString(new JsonSerializerOptions())));
    }

    [Fact]
    public async Task Run_ScorerUnusable_StartFailsAndTheArticleStays()
    {
        TextModels.SaveBinary(Path.Combine(_folder.Path, "clickbait.zip"));
        var article = _folder.Write("inbox/article.json", """{"id":"article","text":"The council met."}""");

        Assert.Equal(1, await RunAsync("NoSuchColumn"));

        Assert.True(File.Exists(article));
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(string scoreColumn) => CommandLine.RunAsync(
    [
        "run", "--once", "--root", _folder.Path, "--model", RepositoryFiles.DefaultModel,
        "--set", $"Scorers:0:Path={Path.Combine(_folder.Path, "clickbait.zip")}",
        "--set", "Scorers:0:Name=house", "--set", $"Scorers:0:ScoreColumn={scoreColumn}", "--set", "Scorers:0:Threshold=0.8",
        "--set", "Scorers:0:Family=house-style", "--set", "Scorers:0:Label=clickbait", "--set", "Scorers:0:Severity=Major",
    ], TestContext.Current.CancellationToken);
}
