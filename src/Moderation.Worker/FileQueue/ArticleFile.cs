using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>Reads a dropped file as a message: JSON as it is, text and HTML as a plain article named after the file.</summary>
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

            if (file.Length > maxBytes)
            {
                return Reject(OutcomeCodes.TooLarge, $"The file has {file.Length:N0} bytes and the limit is {maxBytes:N0}. Split it, or raise Moderation:File:MaxFileBytes.");
            }

            // A named pipe or device also says it is empty, and opening one would wait for ever.
            if (file.Length == 0)
            {
                return Reject(OutcomeCodes.Empty, "The file is empty.");
            }

            return ToMessage(path, attempt, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Reject(OutcomeCodes.Unreadable, $"The file could not be read: {e.Message} Check its permissions and drop it again.");
        }
    }

    private static Content ToMessage(string path, int attempt, byte[] content) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".json" => new Content(new IncomingMessage(content, "application/json", IncomingMessage.NoHeaders, attempt), null),
        ".txt" or ".text" or ".md" => Wrap(path, attempt, content, "text"),
        ".html" or ".htm" or ".xhtml" => Wrap(path, attempt, content, "html"),
        var extension => Reject(OutcomeCodes.UnsupportedFile, $"Files ending in '{extension}' are not read. Use .json, .txt or .html, one article a file."),
    };

    private static Content Wrap(string path, int attempt, byte[] content, string property)
    {
        var text = content.AsSpan();
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(text))
        {
            return Reject(OutcomeCodes.BadUtf8, "The file is not UTF-8 text. Save it as UTF-8 and drop it again.");
        }

        var json = new ArrayBufferWriter<byte>(content.Length + 64);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("id", Path.GetFileNameWithoutExtension(path));
            writer.WriteString(property, text);
            writer.WriteEndObject();
        }

        return new Content(new IncomingMessage(json.WrittenMemory, "application/json", IncomingMessage.NoHeaders, attempt), null);
    }

    private static Content Reject(string code, string reason) => new(null, new MessageOutcome.Rejected(code, reason));
}
