using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Commands;

/// <summary>Runs a command's work and puts what goes wrong into lines on standard error and an exit code.</summary>
internal static class WorkerErrors
{
    public static async Task<int> ReportAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OptionsValidationException e)
        {
            foreach (var failure in e.Failures.SelectMany(failure => failure.Split("; ")))
            {
                await Console.Error.WriteLineAsync($"error: {failure}");
            }

            return ExitCodes.WrongUsage;
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true)
        {
            // The binder's own words name the setting and what it cannot be.
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return ExitCodes.WrongUsage;
        }
        catch (Exception e) when (e is TransportException or FileNotFoundException or InvalidDataException or UnauthorizedAccessException or IOException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return ExitCodes.Failed;
        }
    }
}
