using System.Runtime.InteropServices;

namespace Moderation.Worker.Benchmarks;

/// <summary>Processor time of the calling thread: what a core spent on it, whatever else the machine was doing.</summary>
internal static partial class ThreadTime
{
    private const int ThreadClock = 3;

    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static TimeSpan Now
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                throw new PlatformNotSupportedException("moderation bench reads thread times from Linux.");
            var failed = GetTime(ThreadClock, out var time);
            return failed == 0 ? new TimeSpan(time.Seconds * TimeSpan.TicksPerSecond + time.Nanoseconds / 100) : throw new PlatformNotSupportedException("The thread's clock cannot be read.");
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
