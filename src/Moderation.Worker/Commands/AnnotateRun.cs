using System.Buffers;
using System.Threading.Channels;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;
using Moderation.Contracts.Results;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary>Annotates inputs on all cores and writes what comes of them in the order in which they came.</summary>
internal sealed class AnnotateRun(IAnnotator annotator, AnnotateFormat format, Stream output, TextWriter errors)
{
    /// <summary>How many inputs are under way at once, a core: enough that a long article does not starve the other cores.</summary>
    private const int InFlightPerCore = 8;

    private int _done;
    private int _failed;

    public Detail Detail { get; init; } = Detail.Flags;

    /// <summary>The genre of articles that name none.</summary>
    public string? Genre { get; init; }

    public async Task<int> RunAsync(IAsyncEnumerable<AnnotateInput> inputs, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var underWay = Channel.CreateBounded<Task<AnnotateOutcome>>(new BoundedChannelOptions(Environment.ProcessorCount * InFlightPerCore) { SingleReader = true, SingleWriter = true });
        var reading = StartAllAsync(inputs, underWay.Writer, stop.Token);
        try
        {
            await WriteAllAsync(underWay.Reader, stop.Token);
            await reading;
        }
        catch (OutputClosedException)
        {
            // Whoever was reading the output has had enough of it, as "head" does. That is no failure.
            await stop.CancelAsync();
            return ExitCodes.Done;
        }

        if (_failed > 0 && _done > 1)
            await errors.WriteLineAsync($"error: {_failed} of {_done} inputs could not be annotated.");
        return _failed > 0 ? ExitCodes.SomeInputsFailed : ExitCodes.Done;
    }

    private async Task StartAllAsync(IAsyncEnumerable<AnnotateInput> inputs, ChannelWriter<Task<AnnotateOutcome>> underWay, CancellationToken cancellation)
    {
        var started = 0;
        try
        {
            await foreach (var input in inputs.WithCancellation(cancellation))
            {
                // Room first, work second: what waits to be written is then bounded too.
                var number = ++started;
                if (!await underWay.WaitToWriteAsync(cancellation))
                    return;
                underWay.TryWrite(Task.Run(() => Annotate(input, number, cancellation), cancellation));
            }

            underWay.Complete();
        }
        catch (Exception exception)
        {
            underWay.Complete(exception);
        }
    }

    private async Task WriteAllAsync(ChannelReader<Task<AnnotateOutcome>> underWay, CancellationToken cancellation)
    {
        using var progress = TerminalProgress.ForCommand("annotated");
        var buffer = new ArrayBufferWriter<byte>();
        format.WriteStart(buffer);
        await foreach (var work in underWay.ReadAllAsync(cancellation))
        {
            var outcome = await work;
            _done++;
            if (outcome.Error is not null)
            {
                _failed++;
                if (!format.ShowsErrors)
                    await errors.WriteLineAsync($"error: {outcome.Origin}: {outcome.Error.Reason} ({outcome.Error.Code})");
            }

            format.WriteSeparator(buffer, _done);
            buffer.Write(outcome.Rendered.WrittenSpan);
            progress.Report(_done);
            // What is ready goes out together; a slow article never holds back those before it.
            if (buffer.WrittenCount >= 64 * 1024 || !underWay.TryPeek(out var next) || !next.IsCompleted)
                await FlushAsync(buffer, cancellation);
        }

        format.WriteEnd(buffer, _done);
        await FlushAsync(buffer, cancellation);
    }

    private async Task FlushAsync(ArrayBufferWriter<byte> buffer, CancellationToken cancellation)
    {
        if (buffer.WrittenCount == 0)
            return;
        try
        {
            await output.WriteAsync(buffer.WrittenMemory, cancellation);
            await output.FlushAsync(cancellation);
        }
        catch (IOException exception)
        {
            throw new OutputClosedException(exception);
        }

        buffer.ResetWrittenCount();
    }

    private AnnotateOutcome Annotate(AnnotateInput input, int number, CancellationToken cancellation)
    {
        var rendered = new ArrayBufferWriter<byte>();
        var error = TryAnnotate(input, number, rendered, cancellation);
        if (error is not null)
        {
            rendered.ResetWrittenCount();
            format.WriteError(input.Origin, error, rendered);
        }

        return new(input.Origin, rendered, error);
    }

    private InvalidMessage? TryAnnotate(AnnotateInput input, int number, ArrayBufferWriter<byte> rendered, CancellationToken cancellation)
    {
        var read = input.Read();
        if (!read.IsValid)
            return read.Invalid;
        var article = Genre is null || read.Article.Genre is not null ? read.Article : read.Article with { Genre = Genre };
        try
        {
            format.Write(annotator.Annotate(article, Detail, cancellation), number, rendered);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One article that trips the engine must not cost the others; the kind of fault is told, the article's text is not.
            return new("annotation-failed", exception is ResultInvariantException ? exception.Message : $"The annotator failed ({exception.GetType().Name}): report it with the article.");
        }
    }

    private sealed class OutputClosedException(IOException cause) : Exception(cause.Message, cause);

    private sealed record AnnotateOutcome(string Origin, ArrayBufferWriter<byte> Rendered, InvalidMessage? Error);
}
