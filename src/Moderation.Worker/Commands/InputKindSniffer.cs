using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Moderation.Worker.Commands;

/// <summary>What an input to <c>annotate</c> is.</summary>
internal enum InputKind
{
    Unknown,
    Text,
    Html,
    Json,
    JsonLines,
}

/// <summary>Tells what an input is by its file name, and where that says nothing by how it begins.</summary>
internal static class InputKindSniffer
{
    /// <summary>How much is looked at: two lines of most inputs, and the start of the rest.</summary>
    private const int MaxBytes = 256 * 1024;

    public static InputKind OfFileName(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".txt" or ".text" or ".md" => InputKind.Text,
        ".html" or ".htm" or ".xhtml" => InputKind.Html,
        ".json" or ".jsonld" => InputKind.Json,
        ".jsonl" or ".ndjson" or ".jsonlines" => InputKind.JsonLines,
        _ => InputKind.Unknown,
    };

    public static string MediaType(InputKind kind, string path) => kind switch
    {
        InputKind.Html when path.EndsWith(".xhtml", StringComparison.OrdinalIgnoreCase) => "application/xhtml+xml",
        InputKind.Html => "text/html",
        InputKind.Json => "application/json",
        _ => "text/plain",
    };

    /// <summary>Looks at the start of an input and consumes none of it.</summary>
    public static async Task<InputKind> SniffAsync(PipeReader reader, bool expectsLines, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var buffer = read.Buffer;
            if (read.IsCompleted || buffer.Length >= MaxBytes || HasTwoLines(buffer))
            {
                var kind = Of(buffer.Slice(0, Math.Min(buffer.Length, MaxBytes)).ToArray(), expectsLines);
                reader.AdvanceTo(buffer.Start, buffer.Start);
                return kind;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    public static InputKind Of(ReadOnlySpan<byte> start, bool expectsLines)
    {
        if (start.StartsWith("\uFEFF"u8))
            start = start[3..];
        var body = start.TrimStart(" \t\r\n"u8);
        return body switch
        {
            [] => expectsLines ? InputKind.JsonLines : InputKind.Text,
            [(byte)'{', ..] => OfJson(start),
            [(byte)'[', (byte)'{' or (byte)'[' or (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)']', ..] => InputKind.Json,
            [(byte)'<', (byte)'!' or (byte)'?' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z'), ..] => InputKind.Html,
            // A first line that is broken beyond recognition, among lines of JSON.
            _ => expectsLines && HasObjectLine(body) ? InputKind.JsonLines : InputKind.Text,
        };
    }

    /// <summary>
    /// JSON whose first line is not the whole value, and goes on sensibly on the next line, is one document; everything else that starts
    /// like an object is lines, a broken first line too.
    /// </summary>
    private static InputKind OfJson(ReadOnlySpan<byte> start)
    {
        var firstLine = start.TrimStart("\r\n"u8);
        var end = firstLine.IndexOf((byte)'\n');
        if (end < 0)
            return InputKind.JsonLines;
        var next = firstLine[(end + 1)..].IndexOf((byte)'\n');
        var twoLines = next < 0 ? firstLine : firstLine[..(end + 1 + next)];
        return IsComplete(firstLine[..end]) || !IsValidStart(twoLines) ? InputKind.JsonLines : InputKind.Json;
    }

    private static bool IsComplete(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsValidStart(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
            while (reader.Read())
            {
            }

            // A string that is still open at a line's end never was one: JSON has no line breaks in strings.
            return !HasOpenString(json[(int)reader.BytesConsumed..]);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasOpenString(ReadOnlySpan<byte> unread) => unread.Contains((byte)'"') && unread[unread.IndexOf((byte)'"')..].Contains((byte)'\n');

    private static bool HasTwoLines(ReadOnlySequence<byte> buffer) =>
        buffer.PositionOf((byte)'\n') is { } first && buffer.Slice(buffer.GetPosition(1, first)).PositionOf((byte)'\n') is not null;

    private static bool HasObjectLine(ReadOnlySpan<byte> body) => body.IndexOf("\n{\""u8) >= 0;
}
