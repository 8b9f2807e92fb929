using System.Runtime.InteropServices;

namespace Moderation.Contracts.Tests;

/// <summary>Processor time of the calling thread: unlike a clock, it does not count what other work on the machine takes.</summary>
internal static class ThreadTime
{
    private const int ClockThreadCpuTime = 3;

    public static TimeSpan Of(Action work)
    {
        var start = Now();
        work();
        return Now() - start;
    }

    private static TimeSpan Now()
    {
        Assert.Equal(0, clock_gettime(ClockThreadCpuTime, out var time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100);
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
