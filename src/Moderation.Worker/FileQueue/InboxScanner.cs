using Moderation.Worker.Options;

namespace Moderation.Worker.FileQueue;

/// <summary>Finds the files in the inbox that are complete. One scanner a worker; not for use from several threads.</summary>
internal sealed class InboxScanner(QueueFolders folders, FileQueueOptions options, TimeProvider time)
{
    private static readonly string[] UnfinishedSuffixes = [".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp", "~"];

    private Dictionary<string, Seen> seen = [];

    /// <summary>Files that are still being written, or may be; they are looked at again.</summary>
    public int Waiting { get; private set; }

    /// <summary>The complete files, oldest name first.</summary>
    public IReadOnlyList<string> Scan()
    {
        var now = time.GetUtcNow();
        var next = new Dictionary<string, Seen>();
        var complete = new List<string>();
        foreach (var file in new DirectoryInfo(folders.Inbox).EnumerateFileSystemInfos())
        {
            if (IsUnfinished(file.Name) || file is DirectoryInfo { LinkTarget: null })
            {
                continue;
            }

            try
            {
                var current = Look(file, now);
                if (IsSettled(current, now))
                {
                    complete.Add(file.FullName);
                }
                else
                {
                    next[file.FullName] = current;
                }
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Another worker took it between the listing and the look.
            }
        }

        seen = next;
        Waiting = next.Count;
        complete.Sort(StringComparer.Ordinal);
        return complete;
    }

    private static bool IsUnfinished(string name) =>
        name.StartsWith('.') || UnfinishedSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private Seen Look(FileSystemInfo file, DateTimeOffset now)
    {
        // A dangling link has no length; it is let through, to be dead-lettered as unreadable.
        var length = file is FileInfo { LinkTarget: null } regular ? regular.Length : -1;
        var written = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
        return seen.TryGetValue(file.FullName, out var before) && before.Length == length && before.Written == written
            ? before
            : new Seen(length, written, now);
    }

    /// <summary>Unchanged for long enough, by the file's own time or, where that lies in the future, by this worker's watch.</summary>
    private bool IsSettled(Seen file, DateTimeOffset now)
    {
        var wait = file.Length == 0 ? options.Settle * 10 : options.Settle;
        return now - file.Written >= wait || now - file.Since >= wait;
    }

    private readonly record struct Seen(long Length, DateTimeOffset Written, DateTimeOffset Since);
}
