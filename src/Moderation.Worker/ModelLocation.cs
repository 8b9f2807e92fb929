using System.Security.Cryptography;

namespace Moderation.Worker;

/// <summary>Where the trained model lies.</summary>
public static class ModelLocation
{
    public const string Name = "moderation-news-en.model";

    /// <summary>
    /// The default model: <c>models/moderation-news-en.model</c> beside the program, else in the nearest folder above it that has one, so that a
    /// build inside the repository finds the repository's. Null where there is none.
    /// </summary>
    public static string? FindDefault()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "models", Name);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }

    /// <summary>The default model's SHA-256 and path, for a person.</summary>
    public static string Describe()
    {
        if (FindDefault() is not { } path)
            return $"none: no models/{Name} beside the program or above it";
        try
        {
            using var file = File.OpenRead(path);
            return $"{Convert.ToHexStringLower(SHA256.HashData(file))} ({path})";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"unreadable: {exception.Message}";
        }
    }
}
