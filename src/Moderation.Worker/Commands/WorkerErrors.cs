using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
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
                await Console.Error.WriteLineAsync($"error: {SettingName(failure)}");
            }

            return ExitCodes.WrongUsage;
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true)
        {
            await Console.Error.WriteLineAsync($"error: {UnknownSetting(e.Message)}");
            return ExitCodes.WrongUsage;
        }
        catch (Exception e) when (e is TransportException or FileNotFoundException or InvalidDataException or UnauthorizedAccessException or IOException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Puts a validator's "Concurrency: The field ModerationOptions.Processing.Concurrency must …" in terms of settings.</summary>
    private static string SettingName(string failure)
    {
        const string Field = ": The field " + nameof(ModerationOptions) + ".";
        var start = failure.IndexOf(Field, StringComparison.Ordinal);
        if (start < 0)
        {
            return failure;
        }

        var rest = failure[(start + Field.Length)..];
        var end = rest.IndexOf(' ', StringComparison.Ordinal);
        return $"{ModerationOptions.Section}:{rest[..end].Replace('.', ':')}{rest[end..]}";
    }

    /// <summary>The binder names what is unknown after a word on its own options; what it says of a value that does not fit is clear by itself.</summary>
    private static string UnknownSetting(string message)
    {
        const string NotFound = "the following properties were not found on the instance of ";
        var start = message.IndexOf(NotFound, StringComparison.Ordinal);
        if (start < 0)
        {
            return message;
        }

        var parts = message[(start + NotFound.Length)..].Split(": ", 2);
        return $"unknown setting {parts[^1]} among {parts[0].Split('.')[^1]}. Check its spelling.";
    }
}
