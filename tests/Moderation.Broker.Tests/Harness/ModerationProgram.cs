using System.Diagnostics;
using Moderation.Worker.Commands;

namespace Moderation.Broker.Tests.Harness;

/// <summary>The <c>moderation</c> program as a person runs it.</summary>
internal static class ModerationProgram
{
    /// <summary>Runs one command to its end.</summary>
    /// <param name="settings">By full key; handed over in the environment.</param>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(Dictionary<string, string?> settings, params string[] arguments)
    {
        using var process = Launch(settings, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }

    public static Process Launch(Dictionary<string, string?> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(RunCommand).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }
}
