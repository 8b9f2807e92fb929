using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moderation.Worker.Health;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>
/// The queue that is three folders. A file is claimed by a rename, its result written aside, flushed and renamed into place, and only then
/// is the claim removed: the process can end at any point and the next worker does the rest.
/// </summary>
internal sealed partial class FileQueueTransport(
    IMessageProcessor processor, IOptions<ModerationOptions> options, HealthState health, WorkerMetrics metrics, TimeProvider time, ILogger<FileQueueTransport> logger) : IMessageTransport, IDisposable
{
    private const string HealthPart = "file-queue";

    private readonly FileQueueOptions settings = options.Value.File;
    private readonly ProcessingOptions processing = options.Value.Processing;
    private readonly ShutdownOptions shutdown = options.Value.Shutdown;
    private readonly QueueFolders folders = new(options.Value.File.Root);
    private readonly SemaphoreSlim wake = new(0);

    /// <summary>Claims of this worker and files on offer to it that are not yet settled.</summary>
    private int unsettled;

    public async Task RunAsync(CancellationToken stopping)
    {
        using var own = Open();
        using var watcher = Watch();
        LogReady(folders.Inbox, folders.Results, folders.Dead, settings.Once ? "ends when the inbox is empty" : "watches until stopped");
        health.Report(HealthPart, HealthLevel.Ready);

        var work = Channel.CreateUnbounded<WorkItem>();
        using var drained = new CancellationTokenSource();
        var workers = Enumerable.Range(0, processing.EffectiveConcurrency)
            .Select(_ => Task.Run(() => WorkAsync(own, work, stopping, drained.Token), CancellationToken.None))
            .ToArray();
        try
        {
            await OfferAsync(own, work.Writer, workers, stopping, drained.Token);
        }
        finally
        {
            health.Report(HealthPart, HealthLevel.NotReady, "draining");
            work.Writer.TryComplete();
            await DrainAsync(workers, drained);
        }

        LogDrained(metrics.PublishedTotal, metrics.DeadTotal, folders.Results, folders.Dead);
    }

    public void Dispose() => wake.Dispose();

    private WorkerLock Open()
    {
        try
        {
            folders.Create();
            folders.RequireOneFileSystem();
            return WorkerLock.Create(folders.Work);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransportException($"The file queue in '{folders.Root}' cannot be used: {e.Message} Set Moderation:File:Root to a folder that the worker may write to.", e);
        }
    }

    /// <summary>Looks through the inbox and what dead workers left, until stopped or, with <c>--once</c>, until nothing is left.</summary>
    private async Task OfferAsync(WorkerLock own, ChannelWriter<WorkItem> work, Task[] workers, CancellationToken stopping, CancellationToken drained)
    {
        var scanner = new InboxScanner(folders, settings, time);
        while (!stopping.IsCancellationRequested)
        {
            if (workers.FirstOrDefault(worker => worker.IsFaulted) is { } faulted)
            {
                await faulted;
            }

            // A worker that is behind needs no longer list; files are offered once and claimed when their turn comes.
            if (Volatile.Read(ref unsettled) == 0)
            {
                var taken = await WorkAloneAsync(TakeOverAbandoned(own), work, stopping, drained);
                var offered = Offer(TryScan(scanner), work);
                if (taken + offered == 0 && settings.Once && scanner.Waiting == 0)
                {
                    return;
                }
            }

            try
            {
                await wake.WaitAsync(scanner.Waiting > 0 ? TimeSpan.FromMilliseconds(50) : settings.PollInterval, stopping);
                // One look answers all notices that came in meanwhile.
                while (wake.Wait(0, CancellationToken.None))
                {
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Works on what a dead worker left, one file at a time and with nothing else in work: if one of them kills this worker too, no
    /// neighbour shares the blame.
    /// </summary>
    private async Task<int> WorkAloneAsync(List<Claim> taken, ChannelWriter<WorkItem> work, CancellationToken stopping, CancellationToken drained)
    {
        foreach (var claim in taken.TakeWhile(_ => !stopping.IsCancellationRequested))
        {
            Interlocked.Increment(ref unsettled);
            await WorkOnAsync(claim, again: true, work, stopping, drained);
        }

        return taken.Count;
    }

    private int Offer(IReadOnlyList<string> files, ChannelWriter<WorkItem> work)
    {
        Interlocked.Add(ref unsettled, files.Count);
        foreach (var file in files)
        {
            work.TryWrite(new WorkItem(file, null));
        }

        return files.Count;
    }

    private IReadOnlyList<string> TryScan(InboxScanner scanner)
    {
        try
        {
            var files = scanner.Scan();
            health.Report(HealthPart, HealthLevel.Ready);
            return files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ReportStorage(folders.Inbox, e);
            return [];
        }
    }

    private List<Claim> TakeOverAbandoned(WorkerLock own)
    {
        var taken = new List<Claim>();
        try
        {
            foreach (var abandoned in WorkerLock.TakeAbandoned(folders.Work))
            {
                using (abandoned)
                {
                    taken.AddRange(abandoned.ClaimFolders().ToArray().Select(folder => Claim.TakeOver(folder, own.Folder)).OfType<Claim>());
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ReportStorage(folders.Work, e);
        }

        if (taken.Count > 0)
        {
            LogClaimsTaken(taken.Count);
        }

        return taken;
    }

    private async Task WorkAsync(WorkerLock own, Channel<WorkItem> work, CancellationToken stopping, CancellationToken drained)
    {
        await foreach (var item in work.Reader.ReadAllAsync(CancellationToken.None))
        {
            // Not begun: it stays in the inbox, or claimed for the next worker.
            if (stopping.IsCancellationRequested)
            {
                Settled();
                continue;
            }

            var claim = item.Claim ?? await TryClaimAsync(item.InboxFile!, own, stopping, drained);
            if (claim is null)
            {
                Settled();
                continue;
            }

            await WorkOnAsync(claim, again: item.Claim is not null, work.Writer, stopping, drained);
        }
    }

    /// <param name="again">Whether work on the file had begun before.</param>
    private async Task WorkOnAsync(Claim claim, bool again, ChannelWriter<WorkItem> work, CancellationToken stopping, CancellationToken drained)
    {
        var retry = await SettleAsync(claim, again, stopping, drained);
        if (retry is null || stopping.IsCancellationRequested)
        {
            Settled();
        }
        else
        {
            _ = PutOffAsync(claim, retry.Value, work, stopping);
        }
    }

    private async Task<Claim?> TryClaimAsync(string inboxFile, WorkerLock own, CancellationToken stopping, CancellationToken drained)
    {
        Claim? claim = null;
        try
        {
            await StoreAsync(() => claim = Claim.TryTake(inboxFile, own.Folder), inboxFile, stopping, drained);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the file stays in the inbox.
        }

        return claim;
    }

    private async Task PutOffAsync(Claim claim, TimeSpan delay, ChannelWriter<WorkItem> work, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(delay, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the claim stays in the work folder for the next worker.
        }

        if (stopping.IsCancellationRequested || !work.TryWrite(new WorkItem(null, claim)))
        {
            Settled();
        }
    }

    private void Settled()
    {
        if (Interlocked.Decrement(ref unsettled) == 0)
        {
            wake.Release();
        }
    }

    /// <summary>Waits for articles in work within the drain budget; what is not done stays claimed on disk for the next worker.</summary>
    private async Task DrainAsync(Task[] workers, CancellationTokenSource drained)
    {
        drained.CancelAfter(shutdown.Drain);
        try
        {
            await Task.WhenAll(workers);
        }
        catch (OperationCanceledException) when (drained.IsCancellationRequested)
        {
            // The budget is spent.
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(folders.Inbox) { EnableRaisingEvents = true };
            watcher.Created += (_, _) => wake.Release();
            watcher.Renamed += (_, _) => wake.Release();
            return watcher;
        }
        catch (IOException e)
        {
            // The system's number of watches is used up; polling does the same, only later.
            LogWatchFailed(settings.PollInterval, e.Message);
            return null;
        }
    }

    /// <summary>A file in the inbox that nobody has claimed, or a claim of this worker's.</summary>
    private readonly record struct WorkItem(string? InboxFile, Claim? Claim);
}
