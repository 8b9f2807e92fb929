using System.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;
using Moderation.Contracts.Results;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;

namespace Moderation.Worker.Pipeline;

/// <summary>Reads the article, annotates it under a timeout, writes the event.</summary>
internal sealed partial class AnnotatingProcessor(
    IAnnotator annotator, InputLimits limits, IOptions<ModerationOptions> options, WorkerMetrics metrics, TimeProvider time, ILogger<AnnotatingProcessor> logger) : IMessageProcessor
{
    /// <summary>Room for an event that a thread keeps between articles, in bytes.</summary>
    private const int KeptOutput = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_output;

    private static readonly TimeSpan CooperationTime = TimeSpan.FromMilliseconds(500);

    private readonly ProcessingOptions settings = options.Value.Processing;
    private readonly Detail detail = options.Value.Sentences ? Detail.Sentences : Detail.Flags;
    private int abandoned;

    public async ValueTask<MessageOutcome> ProcessAsync(IncomingMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var activity = WorkerActivities.StartAnnotation(message);
        var started = time.GetTimestamp();
        var outcome = await ReadAndAnnotateAsync(message, cancellation);
        var name = outcome switch
        {
            MessageOutcome.Rejected rejected => rejected.Code,
            MessageOutcome.Transient transient => transient.Code,
            _ => "annotated",
        };
        metrics.Annotated(time.GetElapsedTime(started), name);
        activity?.SetTag("moderation.outcome", name);
        return outcome;
    }

    private async Task<MessageOutcome> ReadAndAnnotateAsync(IncomingMessage message, CancellationToken cancellation)
    {
        var read = ArticleReader.Read(message.Body, message.ContentType, message.Headers, limits);
        if (read.Article is not { } article)
        {
            return new MessageOutcome.Rejected(read.Invalid!.Code, read.Invalid.Reason);
        }

        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await AnnotateAsync(article, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            LogTimedOut(settings.Timeout, article.Text.Length, message.Attempt);
            return new MessageOutcome.Transient(OutcomeCodes.Timeout, $"Annotating took longer than {settings.Timeout}.");
        }
        catch (ResultInvariantException e)
        {
            LogFailed(e);
            return new MessageOutcome.Rejected(OutcomeCodes.BadResult, $"The engine gave a result that breaks the contract ({e.Message}). Please report it with the article.");
        }
        catch (Exception e) when (e is not OperationCanceledException and not TransportException)
        {
            LogFailed(e);
            return new MessageOutcome.Transient(OutcomeCodes.Failed, $"Annotating failed with {e.GetType().Name}.");
        }
    }

    /// <summary>Annotates on another thread, so that an annotation deaf to its cancellation can be abandoned.</summary>
    /// <exception cref="TransportException">Too many were abandoned; each holds a thread, so only a new process helps.</exception>
    private async Task<MessageOutcome> AnnotateAsync(Article article, CancellationToken cancellation)
    {
        var annotation = Task.Run(() => Annotate(article, cancellation), CancellationToken.None);
        var gaveUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(gaveUp.SetResult);
        if (await Task.WhenAny(annotation, gaveUp.Task) != annotation && await Task.WhenAny(annotation, Task.Delay(CooperationTime, time, CancellationToken.None)) != annotation)
        {
            Abandon(annotation);
            throw new OperationCanceledException(cancellation);
        }

        return await annotation;
    }

    private MessageOutcome.Published Annotate(Article article, CancellationToken cancellation)
    {
        var result = annotator.Annotate(article, detail, cancellation);
        // Written to a buffer of the thread's own, so that only the event's own bytes are new.
        var output = t_output ??= new ArrayBufferWriter<byte>();
        output.ResetWrittenCount();
        var id = ResultWriter.WriteEvent(result, output);
        var bytes = output.WrittenSpan.ToArray();
        if (output.Capacity > KeptOutput)
            t_output = null;
        return new MessageOutcome.Published(id, article.Id, article.Outlet, result.Summary.Disposition, bytes);
    }

    private void Abandon(Task annotation)
    {
        var count = Interlocked.Increment(ref abandoned);
        _ = annotation.ContinueWith(_ => Interlocked.Decrement(ref abandoned), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (count > settings.MaxAbandoned)
        {
            throw new TransportException($"{count} annotations did not end when told to, more than Moderation:Processing:MaxAbandoned allows. Start the worker again; the articles go back to the queue.");
        }
    }

    [LoggerMessage(EventIds.AnnotationTimedOut, LogLevel.Warning, "Annotating {Characters} characters took longer than {Timeout}, at attempt {Attempt}.")]
    private partial void LogTimedOut(TimeSpan timeout, int characters, int attempt);

    [LoggerMessage(EventIds.AnnotationFailed, LogLevel.Error, "Annotating failed.")]
    private partial void LogFailed(Exception exception);
}
