using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>
/// A worker's own work folder, held by a lock that the system drops with the process however it ends, so that no heartbeat or clock is
/// needed to tell a dead owner from a slow one.
/// </summary>
internal sealed class WorkerLock : IDisposable
{
    private const string LockName = "lock";

    /// <summary>Marks a folder whose lock is not yet held, so that nobody takes it for a dead worker's.</summary>
    private const string NewPrefix = ".new-";

    private readonly FileStream handle;

    private WorkerLock(string folder, FileStream handle)
    {
        Folder = folder;
        this.handle = handle;
    }

    public string Folder { get; }

    public static WorkerLock Create(string workRoot)
    {
        var id = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
        var unborn = Path.Combine(workRoot, NewPrefix + id);
        Directory.CreateDirectory(unborn);
        var handle = Open(Path.Combine(unborn, LockName));
        if (TryOpen(Path.Combine(unborn, LockName)) is { } second)
        {
            second.Dispose();
            handle.Dispose();
            throw new TransportException($"The file system of '{workRoot}' does not lock files, so two workers could not tell each other apart. Put Moderation:File:Root on a local disk.");
        }

        var folder = Path.Combine(workRoot, id);
        Directory.Move(unborn, folder);
        return new WorkerLock(folder, handle);
    }

    /// <summary>The work folders of owners that are dead, each held by a lock until disposed.</summary>
    public static IEnumerable<WorkerLock> TakeAbandoned(string workRoot)
    {
        foreach (var folder in Directory.EnumerateDirectories(workRoot))
        {
            if (Path.GetFileName(folder).StartsWith(NewPrefix, StringComparison.Ordinal))
            {
                DeleteIfLongAbandoned(folder);
            }
            else if (TryOpen(Path.Combine(folder, LockName)) is { } handle)
            {
                yield return new WorkerLock(folder, handle);
            }
        }
    }

    public IEnumerable<string> ClaimFolders() => Directory.EnumerateDirectories(Folder);

    /// <summary>Removes the folder if no claim is left in it, and lets go of the lock.</summary>
    public void Dispose()
    {
        try
        {
            if (!ClaimFolders().Any())
            {
                Directory.Delete(Folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever comes next finds the folder unlocked and clears it.
        }

        handle.Dispose();
    }

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A folder that never got its lock holds no claims; an hour is far more than its maker needed.</summary>
    private static void DeleteIfLongAbandoned(string folder)
    {
        try
        {
            if (Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow.AddHours(-1))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another worker was quicker.
        }
    }
}
