using Moderation.Worker.Health;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>What happens to a claimed file: its outcome is put on disk, then the claim removed.</summary>
internal sealed partial class FileQueueTransport
{
    private static readonly TimeSpan FirstStorageWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestStorageWait = TimeSpan.FromSeconds(15);

    /// <returns>Null when the claim is settled or left for the next worker; otherwise after how long to try it again.</returns>
    private async Task<TimeSpan?> SettleAsync(Claim claim, bool again, CancellationToken stopping, CancellationToken drained)
    {
        try
        {
            if (again)
            {
                // Counted on disk before the work begins, so that it also counts if the work ends the process.
                await StoreAsync(claim.BeginNextAttempt, claim.Folder, stopping, drained);
            }

            var outcome = claim.Attempt > settings.MaxDeliveries + processing.Retries
                ? new MessageOutcome.Rejected(OutcomeCodes.DeliveryLimit, $"The worker ended {claim.Attempt - 1} times while working on this file, so it is not tried again. Please report it with the file.")
                : await ProcessAsync(claim, drained);
            return await RecordAsync(claim, outcome, stopping, drained);
        }
        catch (OperationCanceledException)
        {
            TryForgetAttempt(claim);
            metrics.Returned();
            return null;
        }
    }

    private async Task<MessageOutcome> ProcessAsync(Claim claim, CancellationToken drained)
    {
        while (true)
        {
            var before = Look(claim);
            var content = ArticleFile.Read(claim.File, claim.Attempt, settings.MaxFileBytes);
            var outcome = content.Rejected ?? await processor.ProcessAsync(content.Message!, drained);

            // Whoever dropped the file may hold it open and write on, claimed or not; what was read was then half an article.
            if (Look(claim) == before && (outcome is not MessageOutcome.Rejected || IsLongUnchanged(before.Written)))
            {
                return outcome;
            }

            await Task.Delay(settings.Settle, time, drained);
        }
    }

    /// <summary>A time in the future tells nothing, so such a file is taken as it is.</summary>
    private bool IsLongUnchanged(DateTimeOffset written)
    {
        var age = time.GetUtcNow() - written;
        return age >= settings.Settle || age < TimeSpan.Zero;
    }

    private static (long Length, DateTimeOffset Written) Look(Claim claim)
    {
        var file = new FileInfo(claim.File);
        return file is { LinkTarget: null, Exists: true } ? (file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)) : default;
    }

    private async Task<TimeSpan?> RecordAsync(Claim claim, MessageOutcome outcome, CancellationToken stopping, CancellationToken drained)
    {
        switch (outcome)
        {
            case MessageOutcome.Published published:
                await StoreAsync(() => DurableFile.Write(folders.ResultOf(published.ArticleId), published.Body.Span, folders.Temporary), folders.Results, stopping, drained);
                await StoreAsync(claim.Complete, claim.Folder, stopping, drained);
                metrics.Published();
                LogDone(claim.Name, published.Disposition, published.EventId);
                return null;

            case MessageOutcome.Transient transient when claim.Attempt <= processing.Retries:
                var delay = processing.JitteredDelayBefore(claim.Attempt);
                metrics.Retried(transient.Code);
                LogRetry(claim.Name, transient.Code, transient.Reason, claim.Attempt, delay);
                return delay;

            case MessageOutcome.Transient transient:
                await DeadLetterAsync(claim, OutcomeCodes.RetriesExhausted, $"Still failing at attempt {claim.Attempt}: {transient.Reason}", stopping, drained);
                return null;

            case MessageOutcome.Rejected rejected:
                await DeadLetterAsync(claim, rejected.Code, rejected.Reason, stopping, drained);
                return null;

            default:
                throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}.");
        }
    }

    private async Task DeadLetterAsync(Claim claim, string code, string reason, CancellationToken stopping, CancellationToken drained)
    {
        var name = claim.Name;
        await StoreAsync(() => DeadFiles.Add(folders, claim, code, reason, time.GetUtcNow()), folders.Dead, stopping, drained);
        metrics.DeadLettered(code);
        LogDead(name, code, reason);
    }

    /// <summary>
    /// Writes to disk, waiting out a disk that is full or failing: that is not the article's fault. Meanwhile the worker is not ready.
    /// </summary>
    private async Task StoreAsync(Action write, string path, CancellationToken stopping, CancellationToken drained)
    {
        var failed = false;
        for (var wait = FirstStorageWait; ; wait = wait * 2 < LongestStorageWait ? wait * 2 : LongestStorageWait)
        {
            try
            {
                write();
                if (failed)
                {
                    health.Report(HealthPart, HealthLevel.Ready);
                }

                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed = true;
                ReportStorage(path, e);
            }

            // While stopping there is no point in waiting for somebody to clear the disk.
            stopping.ThrowIfCancellationRequested();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, drained);
            await Task.Delay(wait, time, either.Token);
        }
    }

    private static void TryForgetAttempt(Claim claim)
    {
        try
        {
            claim.ForgetAttempt();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The attempt stays counted; the limit on deliveries leaves room for that.
        }
    }

    private void ReportStorage(string path, Exception exception)
    {
        LogStorageFailed(path, exception.Message);
        health.Report(HealthPart, HealthLevel.NotReady, $"cannot write to disk: {exception.Message}");
    }
}
