using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Moderation.Contracts.Messages;
using Moderation.TestWorker;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Tests.Pipeline;

public sealed class AnnotatingProcessorTests : IDisposable
{
    private readonly MarkedAnnotator annotator = new();
    private readonly WorkerMetrics metrics = new();

    [Fact]
    public async Task Process_Article_IsPublishedWithTheEventsOwnId()
    {
        var outcome = Assert.IsType<MessageOutcome.Published>(await ProcessAsync(Article("one", "Plain text.")));

        using var document = JsonDocument.Parse(outcome.Body);
        Assert.Equal(outcome.EventId.ToString(), document.RootElement.GetProperty("id").GetString());
        Assert.Equal(("one", "Desk"), (outcome.ArticleId, outcome.Outlet));
    }

    [Fact]
    public async Task Process_SameMessageTwice_GivesTheSameBytes()
    {
        var first = Assert.IsType<MessageOutcome.Published>(await ProcessAsync(Article("one", "Plain text.")));
        var second = Assert.IsType<MessageOutcome.Published>(await ProcessAsync(Article("one", "Plain text.")));

        Assert.Equal(first.EventId, second.EventId);
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"a\"}")]
    public async Task Process_BadMessage_IsRejectedWithCodeAndSentence(string body)
    {
        var outcome = Assert.IsType<MessageOutcome.Rejected>(await ProcessAsync(Encoding.UTF8.GetBytes(body)));

        Assert.NotEmpty(outcome.Code);
        Assert.Contains(' ', outcome.Reason);
    }

    [Fact]
    public async Task Process_EngineFails_IsTransientAndTellsNothingOfTheText()
    {
        var outcome = Assert.IsType<MessageOutcome.Transient>(await ProcessAsync(Article("one", $"Secret words. {MarkedAnnotator.Fail}")));

        Assert.Equal("annotation-failed", outcome.Code);
        Assert.DoesNotContain("Secret", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_EngineIsTooSlow_IsTransientAfterTheTimeout()
    {
        var outcome = Assert.IsType<MessageOutcome.Transient>(await ProcessAsync(Article("one", $"Slow. {MarkedAnnotator.Slow(60_000)}"), timeout: 100));

        Assert.Equal("annotation-timeout", outcome.Code);
    }

    [Fact]
    public async Task Process_EngineIsDeafToItsTimeout_IsAbandoned()
    {
        var outcome = Assert.IsType<MessageOutcome.Transient>(await ProcessAsync(Article("one", $"Hangs. {MarkedAnnotator.Hang}"), timeout: 50));

        Assert.Equal("annotation-timeout", outcome.Code);
    }

    [Fact]
    public async Task Process_TooManyAbandoned_AsksForANewProcess()
    {
        var processor = Processor(new ProcessingOptions { Timeout = TimeSpan.FromMilliseconds(50), MaxAbandoned = 1 });
        await processor.ProcessAsync(Message(Article("one", MarkedAnnotator.Hang)), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<TransportException>(() => processor.ProcessAsync(Message(Article("two", MarkedAnnotator.Hang)), CancellationToken.None).AsTask());

        Assert.Contains("MaxAbandoned", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_WorkerIsStopping_ThrowsInsteadOfBlamingTheArticle()
    {
        using var stopping = new CancellationTokenSource();
        var processing = Processor(new ProcessingOptions()).ProcessAsync(Message(Article("one", MarkedAnnotator.Slow(60_000))), stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => processing.AsTask());
    }

    public void Dispose() => metrics.Dispose();

    private static byte[] Article(string id, string text) => JsonSerializer.SerializeToUtf8Bytes(new { id, text, outlet = "Desk" });

    private static IncomingMessage Message(byte[] body) => new(body, "application/json", IncomingMessage.NoHeaders, 1);

    private ValueTask<MessageOutcome> ProcessAsync(byte[] body, int timeout = 10_000) =>
        Processor(new ProcessingOptions { Timeout = TimeSpan.FromMilliseconds(timeout) }).ProcessAsync(Message(body), CancellationToken.None);

    private AnnotatingProcessor Processor(ProcessingOptions processing) =>
        new(annotator, InputLimits.Default, Microsoft.Extensions.Options.Options.Create(new ModerationOptions { Processing = processing }), metrics, TimeProvider.System, NullLogger<AnnotatingProcessor>.Instance);
}
