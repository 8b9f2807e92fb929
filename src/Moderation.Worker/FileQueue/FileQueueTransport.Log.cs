using Microsoft.Extensions.Logging;
using Moderation.Annotation.Results;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.FileQueue;

internal sealed partial class FileQueueTransport
{
    [LoggerMessage(EventIds.FileQueueReady, LogLevel.Information, "Put articles (.json, .txt, .html; one a file) into {Inbox}. Results appear in {Results}, what could not be processed in {Dead} with a reason beside it. The worker {Mode}.")]
    private partial void LogReady(string inbox, string results, string dead, string mode);

    [LoggerMessage(EventIds.FileDone, LogLevel.Debug, "{File}: {Disposition}, event {EventId}")]
    private partial void LogDone(string file, Disposition disposition, Guid eventId);

    [LoggerMessage(EventIds.FileDead, LogLevel.Warning, "{File} was set aside in dead/: {Code}: {Reason}")]
    private partial void LogDead(string file, string code, string reason);

    [LoggerMessage(EventIds.FileRetry, LogLevel.Warning, "{File} failed for now ({Code}: {Reason}) at attempt {Attempt}; next in {Delay}.")]
    private partial void LogRetry(string file, string code, string reason, int attempt, TimeSpan delay);

    [LoggerMessage(EventIds.FileClaimsTaken, LogLevel.Information, "Took over {Count} files from a worker that is gone.")]
    private partial void LogClaimsTaken(int count);

    [LoggerMessage(EventIds.FileStorageFailed, LogLevel.Error, "The disk refused {Path}: {Reason} Free some space or check the permissions; the worker waits and tries again.")]
    private partial void LogStorageFailed(string path, string reason);

    [LoggerMessage(EventIds.FileDrained, LogLevel.Information, "Stopped. {Published} articles annotated into {Results}, {Failed} set aside in {Dead}.")]
    private partial void LogDrained(long published, long failed, string results, string dead);

    [LoggerMessage(EventIds.FileWatchFailed, LogLevel.Warning, "The system cannot watch the inbox ({Reason}), so it is looked through every {Interval}.")]
    private partial void LogWatchFailed(TimeSpan interval, string reason);
}
