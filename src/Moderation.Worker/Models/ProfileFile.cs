using System.Text.Json;
using System.Text.Json.Serialization;
using Moderation.Annotation.Results;

namespace Moderation.Worker.Models;

/// <summary>
/// A profile in a file of its own, as <c>moderation calibrate</c> writes it. Wherever a profile is named, a name that ends in ".json" is such a file.
/// </summary>
/// <param name="Name">Names the profile in results; with the thresholds it is part of their ids.</param>
/// <param name="Suggest">Flags under it are not sent, 0..1.</param>
/// <param name="Confirm">Flags from here on are in the tier "confirm", 0..1, not under <paramref name="Suggest"/>.</param>
/// <param name="ModelSha256">The model that it was calibrated with; null if that is not known.</param>
/// <param name="Basis">What it was calibrated for and on, for a person.</param>
internal sealed record ProfileFile(
    [property: JsonRequired] string Name, [property: JsonRequired] double Suggest, [property: JsonRequired] double Confirm, string? ModelSha256 = null, string? Basis = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static bool IsFileName(string profile) => profile.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">There is no such file, or it is no profile; the message names it and what is wrong.</exception>
    public static ProfileFile Read(string path)
    {
        ProfileFile? file;
        try
        {
            file = JsonSerializer.Deserialize<ProfileFile>(File.ReadAllText(path), Json);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"there is no profile at {path}: write one with \"moderation calibrate --output {path}\".", exception);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} is not a profile: {exception.Message}", exception);
        }

        if (string.IsNullOrWhiteSpace(file?.Name))
            throw new InvalidDataException($"{path} is not a profile: it has no name.");
        if (file.Suggest is not (> 0 and < 1) || file.Confirm is not (> 0 and <= 1) || file.Confirm < file.Suggest)
            throw new InvalidDataException($"{path}: suggest ({file.Suggest}) and confirm ({file.Confirm}) must be probabilities above 0, the first under 1 and not above the second.");
        return file;
    }

    public Profile ToProfile() => new(Name, Suggest, Confirm);

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
