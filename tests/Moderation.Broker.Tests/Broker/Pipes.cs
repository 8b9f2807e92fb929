using System.Globalization;

namespace Moderation.Broker.Tests.Broker;

/// <summary>Who holds the ends of a process's pipes, as Linux tells it.</summary>
internal static class Pipes
{
    /// <summary>The processes that could read what the process writes to that descriptor, which must be a pipe.</summary>
    public static IReadOnlyList<int> ReadersOf(int processId, int descriptor)
    {
        var pipe = File.ResolveLinkTarget($"/proc/{processId}/fd/{descriptor}", returnFinalTarget: false)!.Name;
        Assert.StartsWith("pipe:", pipe, StringComparison.Ordinal);
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id != 0 && Descriptors(id).Any(file => IsReadingEnd(id, file, pipe))),
        ];
    }

    private static string[] Descriptors(int processId)
    {
        try
        {
            return Directory.GetFiles($"/proc/{processId}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsReadingEnd(int processId, string descriptor, string pipe)
    {
        try
        {
            // The last octal digit of the flags is the access mode; 0 is reading.
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name == pipe
                && File.ReadLines($"/proc/{processId}/fdinfo/{Path.GetFileName(descriptor)}").First(line => line.StartsWith("flags:", StringComparison.Ordinal))[^1] == '0';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return false;
        }
    }
}
