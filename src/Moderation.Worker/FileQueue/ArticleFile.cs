using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>Reads a dropped file as a message: JSON as it is, text and HTML as an article named after the file.</summary>
internal static class ArticleFile
{
    /// <summary>What reading gave: a message, or why there is none.</summary>
    public readonly record struct Content(IncomingMessage? Message, MessageOutcome.Rejected? Rejected);

    /// <param name="maxBytes">Larger files are rejected unread.</param>
    public static Content Read(string path, int attempt, int maxBytes)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null)
            {
                return Reject(OutcomeCodes.Unreadable, "The file is a link. Put the article itself into the inbox.");
            }

            if (MediaType(path) is not { } mediaType)
            {
                return Reject(OutcomeCodes.UnsupportedFile, $"Files ending in '{file.Extension}' are not read. Use .json, .txt or .html, one article a file.");
            }

            if (file.Length > maxBytes)
            {
                return Reject(OutcomeCodes.TooLarge, $"The file has {file.Length:N0} bytes and the limit is {maxBytes:N0}. Split it, or raise Moderation:File:MaxFileBytes.");
            }

            // A named pipe or device also says it is empty, and opening one would wait for ever.
            if (file.Length == 0)
            {
                return Reject(OutcomeCodes.Empty, "The file is empty.");
            }

            return new Content(new IncomingMessage(File.ReadAllBytes(path), mediaType, Headers(path, mediaType), attempt), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Reject(OutcomeCodes.Unreadable, $"The file could not be read: {e.Message} Check its permissions and drop it again.");
        }
    }

    private static string? MediaType(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => "application/json",
        ".txt" or ".text" => "text/plain",
        ".html" or ".htm" => "text/html",
        ".xhtml" => "application/xhtml+xml",
        _ => null,
    };

    /// <summary>Gives an article that cannot name itself the file's name as its id.</summary>
    private static IReadOnlyDictionary<string, string> Headers(string path, string mediaType) => mediaType == "application/json"
        ? IncomingMessage.NoHeaders
        : new Dictionary<string, string> { ["ce-subject"] = Path.GetFileNameWithoutExtension(path) };

    private static Content Reject(string code, string reason) => new(null, new MessageOutcome.Rejected(code, reason));
}
