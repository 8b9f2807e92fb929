using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderation.Worker.Health;

/// <summary>What the worker writes down about itself for <c>moderation health</c>.</summary>
/// <param name="Level">The worker's level at <paramref name="At"/>.</param>
/// <param name="Reasons">Why it is not ready, one for each part that is not.</param>
/// <param name="IntervalSeconds">How often the file is written.</param>
internal sealed record HealthRecord(HealthLevel Level, IReadOnlyList<string> Reasons, int ProcessId, DateTimeOffset At, double IntervalSeconds)
{
    /// <summary>A record that was not renewed for three intervals was left by a worker that is gone.</summary>
    public bool IsStale(DateTimeOffset now) => now - At > TimeSpan.FromSeconds(IntervalSeconds * 3);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HealthRecord))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>Reads and writes the health file. A reader never sees half a record.</summary>
internal static class HealthFile
{
    public static void Write(string path, HealthRecord record)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(record, HealthJson.Default.HealthRecord));
        File.Move(temporary, full, overwrite: true);
    }

    /// <summary>The record, or null where there is none that can be read.</summary>
    public static HealthRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), HealthJson.Default.HealthRecord);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the record if this process wrote it: another worker may have started meanwhile.</summary>
    public static void Remove(string path)
    {
        if (Read(path)?.ProcessId == Environment.ProcessId)
        {
            File.Delete(path);
        }
    }
}
