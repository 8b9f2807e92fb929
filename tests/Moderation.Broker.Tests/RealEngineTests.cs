using System.Text.Json;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.Contracts.Tests.Schemas;
using Moderation.Worker;

namespace Moderation.Broker.Tests;

/// <summary>The program as it is shipped, engine and model included: the same article gives the same event whichever way it goes.</summary>
[Collection(BrokerCollection.Name)]
public sealed class RealEngineTests(PrivateBroker broker)
{
    private static readonly JsonSchema EventSchema = JsonSchema.Load("annotated-article-event.schema.json", JsonSchema.Load("annotated-article.schema.json"));

    [Fact]
    public async Task Run_SampleArticles_GiveTheSameEventsThroughRabbitMqTheFileQueueAndAnnotate()
    {
        PrivateBroker.SkipIfNotInstalled();
        Assert.SkipWhen(ModelLocation.FindDefault() is null, "There is no default model: build one with moderation train.");
        var articles = Articles();

        var overBroker = await OverBrokerAsync(articles);
        var overFiles = await OverFilesAsync(articles);
        var annotated = await AnnotateAsync(articles);

        foreach (var id in articles.Keys)
        {
            Assert.Empty(EventSchema.Errors(overBroker[id]));
            Assert.Equal(overFiles[id], overBroker[id]);
            Assert.Equal(annotated[id], JsonDocument.Parse(overBroker[id]).RootElement.GetProperty("data").GetRawText());
        }

        Assert.NotEqual(0, Data(overBroker["report"]).GetProperty("annotations").GetArrayLength());
    }

    private static Dictionary<string, byte[]> Articles() => new Dictionary<string, string>
    {
        ["report"] = "The bungling council has slammed the audit.\n\n“They are liars,” said Maria Holt, who leads the opposition. Experts agree that the bridge is unsafe.",
        ["calm"] = "The council met on Monday and approved the budget by 14 votes to 9, according to the minutes.",
        ["messy"] = "\u201cNo\u00a0way,\u201d he said 😀.The ministry lost two million euros last year.\r\nClearly, the vote surprised nobody.",
    }.ToDictionary(article => article.Key, article => QueueProbe.Article(article.Key, article.Value));

    private async Task<Dictionary<string, string>> OverBrokerAsync(Dictionary<string, byte[]> articles)
    {
        await using var probe = new QueueProbe(broker);
        await using var worker = ChildWorker.StartProgram(probe.Settings(), "run");
        await worker.UntilConsumingAsync();
        await probe.PublishAsync(articles.Values);
        await probe.UntilResultsAsync(articles.Count, TimeSpan.FromSeconds(60));
        await worker.TerminateAsync();
        Assert.True(worker.ExitCode == 0, worker.Errors);
        return (await probe.TakeResultBodiesAsync()).ToDictionary(ArticleId);
    }

    private static async Task<Dictionary<string, string>> OverFilesAsync(Dictionary<string, byte[]> articles)
    {
        using var folder = new FileQueueFolder();
        foreach (var (id, body) in articles)
        {
            folder.Drop($"{id}.json", body);
        }

        var (code, _, errors) = await ModerationProgram.RunAsync(folder.Settings(), "run", "--once");
        Assert.True(code == 0, errors);
        return folder.Results().Select(File.ReadAllText).ToDictionary(ArticleId);
    }

    private static async Task<Dictionary<string, string>> AnnotateAsync(Dictionary<string, byte[]> articles)
    {
        using var folder = new FileQueueFolder();
        var files = articles.Select(article =>
        {
            var file = Path.Combine(folder.Root, $"{article.Key}.json");
            File.WriteAllBytes(file, article.Value);
            return file;
        }).ToArray();
        var (code, output, errors) = await ModerationProgram.RunAsync([], ["annotate", "--format", "jsonl", .. files]);
        Assert.True(code == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => JsonDocument.Parse(line).RootElement.GetProperty("article").GetProperty("id").GetString()!);
    }

    private static string ArticleId(string body) => Data(body).GetProperty("article").GetProperty("id").GetString()!;

    private static JsonElement Data(string body) => JsonDocument.Parse(body).RootElement.GetProperty("data");
}
