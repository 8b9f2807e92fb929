using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Moderation.Worker.FileQueue;

/// <summary>Writes files so that a reader sees all of one or nothing, and that a power cut takes back nothing that was reported done.</summary>
internal static class DurableFile
{
    /// <summary>Writes beside, flushes to disk, renames into place, flushes the folder. What was there under that name is replaced.</summary>
    /// <exception cref="IOException">The disk is full or failing; nothing has appeared under <paramref name="path"/>.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, string temporaryFolder)
    {
        var temporary = Path.Combine(temporaryFolder, Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, content.Length))
            {
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes renames into and out of a folder durable. A no-op where folders cannot be opened, as on Windows.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = OpenFolder(folder);
        if (handle is not null)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>Renames in one step or not at all; .NET's own move copies where a rename is impossible.</summary>
    /// <returns>False if the two places lie on different file systems.</returns>
    public static bool TryRename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite: true);
            return Path.GetPathRoot(Path.GetFullPath(from)) == Path.GetPathRoot(Path.GetFullPath(to));
        }

        if (NativeMethods.Rename(from, to) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NativeMethods.CrossDevice ? false : throw new IOException($"'{from}' could not be renamed to '{to}': {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover temporary file costs its space only; the next start clears it.
        }
    }

    private static SafeFileHandle? OpenFolder(string folder)
    {
        var descriptor = NativeMethods.Open(folder, NativeMethods.ReadOnly | NativeMethods.CloseOnExec);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
