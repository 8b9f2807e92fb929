using System.Diagnostics;
using System.Globalization;

namespace Moderation.Broker.Tests.Broker;

internal static class Signal
{
    /// <summary>Sends a signal to one process by its id.</summary>
    /// <param name="name">Without SIG: TERM, KILL, STOP, CONT.</param>
    public static async Task SendAsync(int processId, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
