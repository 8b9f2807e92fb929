using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Exports;

/// <summary>What a person reads for what programs call by a name.</summary>
public static class PlainWords
{
    public static string Of(Label label) => label.Name().Replace('-', ' ');

    public static string Of(Family family) => family switch
    {
        Family.LoadedLanguage => "loaded language",
        Family.UnsourcedClaim => "unsourced claim",
        _ => "editorializing",
    };

    /// <summary>The family as the heading of a count: "unsourced claims".</summary>
    public static string Plural(Family family) => family == Family.UnsourcedClaim ? "unsourced claims" : Of(family);

    public static string Of(Disposition disposition) => disposition switch
    {
        Disposition.Clear => "Clear",
        Disposition.Review => "Worth a review",
        _ => "Look at this first",
    };

    public static string Of(ZoneKind kind) => Results.ContractNames.Of(kind).Replace('-', ' ');

    /// <summary>Page furniture: shown subdued, because it was not assessed.</summary>
    public static bool IsFurniture(ZoneKind? zone) =>
        zone is ZoneKind.Caption or ZoneKind.Promo or ZoneKind.Byline or ZoneKind.Boilerplate or ZoneKind.Metadata;

    public static string Percent(double probability) => $"{Math.Round(probability * 100):0}%";

    /// <summary>A quotation cut to <paramref name="length"/> characters at a word, on one line.</summary>
    public static string Excerpt(ReadOnlySpan<char> text, int length)
    {
        var line = new StringBuilder(Math.Min(text.Length, length + 1));
        foreach (var word in text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > length)
                return line.Append('…').ToString();
            if (line.Length > 0)
                line.Append(' ');
            line.Append(word.Length > length ? string.Concat(word.AsSpan(0, char.IsHighSurrogate(word[length - 1]) ? length - 1 : length), "…") : word);
        }

        return line.ToString();
    }
}
