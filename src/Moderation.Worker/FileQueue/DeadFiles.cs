using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderation.Worker.FileQueue;

/// <summary>Why a file was set aside; lies beside it as <c>&lt;name&gt;.reason.json</c>.</summary>
/// <param name="Error">A stable code.</param>
/// <param name="Reason">One sentence for a person.</param>
internal sealed record DeadReason(string File, string Error, string Reason, int Attempts, DateTimeOffset At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DeadReason))]
internal sealed partial class DeadReasonJson : JsonSerializerContext;

/// <summary>The dead folder: originals with the reason for each.</summary>
internal static class DeadFiles
{
    public const string ReasonSuffix = ".reason.json";

    private static readonly DeadReasonJson Json = new(new JsonSerializerOptions(DeadReasonJson.Default.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Sets a claimed file aside. The reason is there before the file, so a file without one is never seen.</summary>
    /// <returns>The path it lies under.</returns>
    public static string Add(QueueFolders folders, Claim claim, string code, string reason, DateTimeOffset now)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? claim.Name : $"{Path.GetFileNameWithoutExtension(claim.Name)}-{number}{Path.GetExtension(claim.Name)}";
            var target = Path.Combine(folders.Dead, name);
            if (File.Exists(target))
            {
                continue;
            }

            var record = new DeadReason(name, code, reason, claim.Attempt, now);
            DurableFile.Write(target + ReasonSuffix, JsonSerializer.SerializeToUtf8Bytes(record, Json.DeadReason), folders.Temporary);
            try
            {
                claim.MoveFileTo(folders.Dead, name);
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another worker set a file of that name aside in the same moment; its reason was ours to overwrite a moment ago, so rewrite neither: number this one.
                continue;
            }

            DurableFile.FlushFolder(folders.Dead);
            return target;
        }
    }

    public static IEnumerable<(string File, DeadReason? Reason)> List(QueueFolders folders)
    {
        if (!Directory.Exists(folders.Dead))
        {
            yield break;
        }

        foreach (var file in Directory.EnumerateFiles(folders.Dead).Where(file => !file.EndsWith(ReasonSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return (file, ReadReason(file));
        }
    }

    /// <summary>Puts a file back into the inbox and removes its reason.</summary>
    public static void Replay(QueueFolders folders, string file)
    {
        Directory.CreateDirectory(folders.Inbox);
        File.Move(file, Path.Combine(folders.Inbox, Path.GetFileName(file)), overwrite: false);
        DurableFile.FlushFolder(folders.Inbox);
        DurableFile.TryDelete(file + ReasonSuffix);
    }

    private static DeadReason? ReadReason(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file + ReasonSuffix), DeadReasonJson.Default.DeadReason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
