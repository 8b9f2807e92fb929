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
    public static string Of(string articleId, Label label, ReadOnlySpan<char> quote, int occurrence)
    {
        var key = $"{articleId}\n{label.Name()}\n{Normalise(quote)}\n{occurrence.ToString(CultureInfo.InvariantCulture)}";
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        return "urn:moderation:flag:" + Convert.ToHexStringLower(hash[..12]);
    }

    /// <summary>Lower case, runs of white space as one space, so that re-flowed text keeps its ids.</summary>
    public static string Normalise(ReadOnlySpan<char> quote)
    {
        var normal = new StringBuilder(quote.Length);
        foreach (var c in quote)
        {
            if (!char.IsWhiteSpace(c))
                normal.Append(char.ToLowerInvariant(c));
            else if (normal.Length > 0 && normal[^1] != ' ')
                normal.Append(' ');
        }

        return normal.ToString();
    }
}
