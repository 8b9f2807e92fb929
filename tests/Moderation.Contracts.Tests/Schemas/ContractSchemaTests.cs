using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;
using Moderation.Contracts.Results;

namespace Moderation.Contracts.Tests.Schemas;

/// <summary>The published schemas describe what the code does: no more, no less.</summary>
public sealed class ContractSchemaTests
{
    private static readonly JsonSchema Article = JsonSchema.Load("article.schema.json");
    private static readonly JsonSchema Result = JsonSchema.Load("annotated-article.schema.json");
    private static readonly JsonSchema Event = JsonSchema.Load("annotated-article-event.schema.json", Result);

    public static TheoryData<string> Mutilations => new(
        "article.id", "article.textSha256", "article.length.codePoints", "text", "engine.fingerprint", "summary.scores.overall",
        "summary.byFamily.editorializing", "zones", "zones.1.speaker", "attributions.0.source.kind", "annotations.0.id",
        "annotations.0.target.selector.0.exact", "annotations.0.span.end", "annotations.0.suggestion", "annotations.0.maps.techniques",
        "sentences.0.opinion", "coverage.skipped.0.reason");

    [Fact]
    public void ResultSchema_FullResult_IsValid() => Assert.Empty(Result.Errors(Data(SampleResults.Full())));

    [Fact]
    public void ResultSchema_BareResult_IsValid() => Assert.Empty(Result.Errors(Data(SampleResults.Of("Nothing here."))));

    [Fact]
    public void EventSchema_FullResult_IsValid()
    {
        var output = new ArrayBufferWriter<byte>();
        ResultWriter.WriteEvent(SampleResults.Full(), output);

        Assert.Empty(Event.Errors(Encoding.UTF8.GetString(output.WrittenSpan)));
    }

    [Fact]
    public void ResultSchema_EveryLabel_IsValid()
    {
        foreach (var label in Labels.All)
            Assert.Empty(Result.Errors(Data(SampleResults.Of("One flagged word.", ("flagged", label)))));
    }

    [Fact]
    public void ResultSchema_FlagsOfOwnScorers_AreValidAmongTheEngines()
    {
        var data = Data(SampleResults.WithOwnFlags());

        Assert.Empty(Result.Errors(data));
        var result = JsonNode.Parse(data)!;
        var flags = result["annotations"]!.AsArray();
        Assert.Equal(["emotive-wording", "clickbait", "name-calling"], flags.Select(static flag => (string?)flag!["label"]));
        Assert.Equal([null, "mine", null], flags.Select(static flag => (string?)flag!["scorer"]));
        Assert.Equal(1, (int?)result["summary"]!["byFamily"]!["house-style"]);
        Assert.Equal(2, (int?)result["summary"]!["byFamily"]!["loaded-language"]);
    }

    [Fact]
    public void ResultSchema_EnginesFlagUnderAnotherLabel_IsRejected()
    {
        var result = JsonNode.Parse(Data(SampleResults.WithOwnFlags()))!;
        result["annotations"]![1]!.AsObject().Remove("scorer");

        Assert.NotEmpty(Result.Errors(result.ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Mutilations))]
    public void ResultSchema_ResultWithoutAField_IsRejected(string path)
    {
        var result = JsonNode.Parse(Data(SampleResults.Full()))!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(result, static (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        Assert.True(parent.AsObject().Remove(steps[^1]), $"the sample has no {path}");

        Assert.NotEmpty(Result.Errors(result.ToJsonString()));
    }

    [Fact]
    public void ResultSchema_UnknownField_IsRejected()
    {
        var result = JsonNode.Parse(Data(SampleResults.Full()))!;
        result["annotations"]![0]!["surprise"] = 1;

        Assert.NotEmpty(Result.Errors(result.ToJsonString()));
    }

    [Theory]
    [InlineData("""{"id":"a","text":"t"}""", true)]
    [InlineData("""{"id":"a","html":"<p>t</p>","version":3,"extra":[]}""", true)]
    [InlineData("""{"id":"a","text":null,"html":"<p>t</p>","headline":null}""", true)]
    [InlineData("""{"text":"t"}""", false)]
    [InlineData("""{"id":" ","text":"t"}""", false)]
    [InlineData("""{"id":"a"}""", false)]
    [InlineData("""{"id":"a","text":" "}""", false)]
    [InlineData("""{"id":"a","text":5}""", false)]
    [InlineData("""{"id":"a","text":"t","version":1.5}""", false)]
    [InlineData("""{"id":"a","text":"t","outlet":{}}""", false)]
    [InlineData("""["a"]""", false)]
    public void ArticleSchema_AndReader_Agree(string message, bool isValid)
    {
        Assert.Equal(isValid, Article.Errors(message).Count == 0);
        Assert.Equal(isValid, ArticleReader.Read(Encoding.UTF8.GetBytes(message), null, null, InputLimits.Default).IsValid);
    }

    [Fact]
    public void AsyncApi_InvalidMessageCodes_AreAllListed()
    {
        var document = File.ReadAllText(Path.Combine(JsonSchema.Folder(), "..", "asyncapi.yaml"));
        var listed = document.Split('\n').Single(static line => line.Contains("examples: [empty,", StringComparison.Ordinal)).Split('[', ']')[1].Split(", ");
        var codes = typeof(InvalidMessageCodes).GetFields().Select(static field => (string)field.GetRawConstantValue()!);

        Assert.Equal(codes.Order(), listed.Order());
    }

    [Fact]
    public void AsyncApi_FilesItRefersTo_Exist()
    {
        var folder = Path.Combine(JsonSchema.Folder(), "..");
        var references = File.ReadLines(Path.Combine(folder, "asyncapi.yaml")).Where(static line => line.Contains("$ref: ./", StringComparison.Ordinal)).Select(static line => line.Split("$ref: ")[1]).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(File.Exists(Path.Combine(folder, reference)), reference));
    }

    private static string Data(AnnotatedArticle result)
    {
        var output = new ArrayBufferWriter<byte>();
        ResultWriter.WriteData(result, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
