using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moderation.Annotation.Results;

/// <summary>
/// Ids that outlive a re-run: from the article's id, the label, the quote in normal form and its occurrence in the article – not from offsets
/// or from the model, so that an edit elsewhere in the article keeps them.
/// </summary>
internal static class AnnotationId
{
    public static string Of(string articleId, Label label, ReadOnlySpan<char> quote, int occurrence) => Of(articleId, label.Name(), quote, occurrence);

    /// <param name="name">The label's name; for a label that is not the engine's own, with its family's before it.</param>
    public static string Of(string articleId, string name, ReadOnlySpan<char> quote, int occurrence)
    {
        var room = ArrayPool<char>.Shared.Rent(articleId.Length + name.Length + quote.Length + 16);
        var bytes = ArrayPool<byte>.Shared.Rent(3 * room.Length);
        var length = 0;
        Add(articleId);
        Add("\n");
        Add(name);
        Add("\n");
        length += Normalise(quote, room.AsSpan(length));
        Add("\n");
        occurrence.TryFormat(room.AsSpan(length), out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(room.AsSpan(0, length), bytes)), hash);
        ArrayPool<char>.Shared.Return(room);
        ArrayPool<byte>.Shared.Return(bytes);
        return $"urn:moderation:flag:{Convert.ToHexStringLower(hash[..12])}";

        void Add(string part)
        {
            part.CopyTo(room.AsSpan(length));
            length += part.Length;
        }
    }

    /// <summary>Lower case, runs of white space as one space, so that re-flowed text keeps its ids.</summary>
    public static string Normalise(ReadOnlySpan<char> quote)
    {
        var room = ArrayPool<char>.Shared.Rent(quote.Length);
        var normal = new string(room.AsSpan(0, Normalise(quote, room)));
        ArrayPool<char>.Shared.Return(room);
        return normal;
    }

    private static int Normalise(ReadOnlySpan<char> quote, Span<char> normal)
    {
        var length = 0;
        foreach (var c in quote)
        {
            if (!char.IsWhiteSpace(c))
                normal[length++] = char.ToLowerInvariant(c);
            else if (length > 0 && normal[length - 1] != ' ')
                normal[length++] = ' ';
        }

        return length;
    }
}
