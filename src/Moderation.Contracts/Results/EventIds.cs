using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Moderation.Annotation.Results;

namespace Moderation.Contracts.Results;

/// <summary>Event ids and text hashes: the same article under the same engine always gets the same ones.</summary>
internal static class EventIds
{
    /// <summary>UUIDv5 of the name "moderation.article.annotated" under the DNS namespace. It can never change: deduplication by consumers rests on it.</summary>
    private static readonly Guid Namespace = new("d1c8d12b-961f-5a38-9656-f17bf99249b2");

    /// <summary>SHA-256 of the text in UTF-8, in lower-case hex.</summary>
    public static string TextSha256(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendUtf8(hash, text);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>UUIDv5 over article id, version, text hash, engine fingerprint and detail, each with its length before it.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 9562 fixes SHA-1 for version 5; nothing rests on it but sameness.")]
    public static Guid EventId(AnnotatedArticle result, string textSha256)
    {
        Span<byte> bytes = stackalloc byte[20];
        Namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(bytes[..16]);
        AppendField(hash, result.Article.Id);
        AppendField(hash, result.Article.Version);
        AppendField(hash, textSha256);
        AppendField(hash, result.Engine.Fingerprint);
        // Other bytes need another id, and sentences are the one part that the caller chooses beside the engine.
        AppendField(hash, result.Sentences is null ? "flags" : "sentences");

        hash.GetHashAndReset(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }

    private static void AppendField(IncrementalHash hash, string? field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field?.Length ?? -1);
        hash.AppendData(length);
        AppendUtf8(hash, field);
    }

    private static void AppendUtf8(IncrementalHash hash, ReadOnlySpan<char> text)
    {
        Span<byte> utf8 = stackalloc byte[4096];
        var encoder = Encoding.UTF8.GetEncoder();
        while (!text.IsEmpty)
        {
            // Half a surrogate pair becomes U+FFFD here and in the JSON alike, so a consumer's own hash agrees.
            encoder.Convert(text, utf8, flush: text.Length <= utf8.Length / 4, out var read, out var written, out _);
            hash.AppendData(utf8[..written]);
            text = text[read..];
        }
    }
}
