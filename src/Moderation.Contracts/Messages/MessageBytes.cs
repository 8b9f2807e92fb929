using System.Buffers;
using System.IO.Compression;
using System.Text.Unicode;

namespace Moderation.Contracts.Messages;

/// <summary>A message's bytes on the way to being text: decompressed, without a byte order mark, known to be UTF-8 and not too deep.</summary>
internal static class MessageBytes
{
    private const int ChunkBytes = 64 * 1024;

    private static readonly SearchValues<byte> Brackets = SearchValues.Create("\"[]{}"u8);

    /// <summary>The body as UTF-8, or why it is not.</summary>
    public static InvalidMessage? ToUtf8(ReadOnlyMemory<byte> body, string? contentEncoding, InputLimits limits, out ReadOnlyMemory<byte> utf8)
    {
        utf8 = default;
        if (body.IsEmpty)
            return new(InvalidMessageCodes.Empty, "The message has no body: send one article as JSON.");
        if (body.Length > limits.MaxMessageBytes)
            return TooLarge(limits, $"is {body.Length:N0} bytes");
        if (Decompress(body, contentEncoding, limits, out utf8) is { } invalid)
            return invalid;
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (utf8.IsEmpty)
            return new(InvalidMessageCodes.Empty, "The message has no body: send one article as JSON.");
        return Utf8.IsValid(utf8.Span) ? null : NotUtf8(utf8.Span);
    }

    /// <summary>Whether brackets outside strings nest deeper than <paramref name="maxDepth"/>; one pass, whatever the bytes.</summary>
    public static bool NestDeeperThan(ReadOnlySpan<byte> json, int maxDepth)
    {
        var depth = 0;
        while (true)
        {
            var next = json.IndexOfAny(Brackets);
            if (next < 0)
                return false;
            var found = json[next];
            json = json[(next + 1)..];
            switch (found)
            {
                case (byte)'"':
                    json = AfterString(json);
                    break;
                case (byte)'[' or (byte)'{':
                    if (++depth > maxDepth)
                        return true;
                    break;
                default:
                    depth--;
                    break;
            }
        }
    }

    private static ReadOnlySpan<byte> AfterString(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var next = json.IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return [];
            if (json[next] == '"')
                return json[(next + 1)..];
            json = next + 2 <= json.Length ? json[(next + 2)..] : [];
        }
    }

    private static InvalidMessage? Decompress(ReadOnlyMemory<byte> body, string? contentEncoding, InputLimits limits, out ReadOnlyMemory<byte> plain)
    {
        plain = body;
        switch (contentEncoding?.Trim().ToUpperInvariant())
        {
            case null or "" or "IDENTITY" or "UTF-8" or "UTF8": // Some AMQP clients put the character set here.
                return NameOfCompression(body.Span) is { } name
                    ? new(InvalidMessageCodes.Compressed, $"The body is {name} but the message names no content-encoding: send plain JSON, or gzip with content-encoding gzip.")
                    : null;
            case "GZIP" or "X-GZIP":
                return Gunzip(body, limits, out plain);
            default:
                return new(InvalidMessageCodes.UnsupportedEncoding, "The content-encoding is not one that is read here: send plain JSON, or gzip.");
        }
    }

    private static string? NameOfCompression(ReadOnlySpan<byte> body) => body switch
    {
        [0x1F, 0x8B, ..] => "gzip",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "Zstandard",
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, ..] => "xz",
        [0x42, 0x5A, 0x68, >= 0x31 and <= 0x39, ..] => "bzip2",
        [0x50, 0x4B, 0x03, 0x04, ..] => "a zip archive",
        _ => null,
    };

    private static InvalidMessage? Gunzip(ReadOnlyMemory<byte> body, InputLimits limits, out ReadOnlyMemory<byte> plain)
    {
        plain = default;
        var packed = body.ToArray();
        try
        {
            // Measured before it is kept, so that a bomb costs time up to the limit but no memory.
            var length = UnpackedLength(packed, limits.MaxMessageBytes);
            if (length > limits.MaxMessageBytes)
                return TooLarge(limits, "unpacks to more");
            if (length == 0)
                return new(InvalidMessageCodes.BadGzip, "The gzip body unpacks to nothing: it was cut short, or it was empty.");
            var unpacked = new byte[length];
            using var gzip = OpenGzip(packed);
            gzip.ReadExactly(unpacked);
            plain = unpacked;
            return null;
        }
        catch (InvalidDataException)
        {
            return new(InvalidMessageCodes.BadGzip, "The content-encoding says gzip and the body is not intact gzip: send it again, or send plain JSON.");
        }
    }

    /// <summary>How many bytes come out; no more than <paramref name="most"/> and one chunk are counted.</summary>
    private static int UnpackedLength(byte[] packed, int most)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var gzip = OpenGzip(packed);
            var length = 0;
            int read;
            while (length <= most && (read = gzip.Read(chunk)) > 0)
                length += read;
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static GZipStream OpenGzip(byte[] packed) => new(new MemoryStream(packed, writable: false), CompressionMode.Decompress);

    private static InvalidMessage TooLarge(InputLimits limits, string found) => new(
        InvalidMessageCodes.TooLarge,
        $"The body {found} and the limit is {limits.MaxMessageBytes:N0} bytes: send less, or raise MaxMessageBytes.");

    private static InvalidMessage NotUtf8(ReadOnlySpan<byte> body)
    {
        if (body is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new(InvalidMessageCodes.BadUtf8, "The body is UTF-16: encode it as UTF-8.");
        var at = FirstInvalid(body);
        return new(InvalidMessageCodes.BadUtf8, $"The body is not UTF-8 (first bad byte at offset {at:N0}): encode it as UTF-8.");
    }

    private static int FirstInvalid(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (at < body.Length && System.Text.Rune.DecodeFromUtf8(body[at..], out _, out var consumed) == OperationStatus.Done)
            at += consumed;
        return at;
    }
}
