using System.Runtime.InteropServices;

namespace Moderation.Worker.FileQueue;

/// <summary>What .NET does not offer: opening a folder in order to flush it, and a rename that never becomes a copy.</summary>
internal static partial class NativeMethods
{
    public const int ReadOnly = 0;

    // O_CLOEXEC differs between kernels; leaving it out elsewhere is harmless, for the worker starts no children.
    public static readonly int CloseOnExec = OperatingSystem.IsLinux() ? 0x80000 : 0;

    /// <summary>EXDEV.</summary>
    public const int CrossDevice = 18;

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);
}
