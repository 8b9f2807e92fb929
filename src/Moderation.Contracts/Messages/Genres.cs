using System.Collections.Frozen;

namespace Moderation.Contracts.Messages;

/// <summary>The IPTC genre that a section or label of a site stands for, where it plainly stands for one.</summary>
internal static class Genres
{
    private static readonly FrozenDictionary<string, string> Sections = new Dictionary<string, string>
    {
        ["opinion"] = "Opinion",
        ["opinions"] = "Opinion",
        ["op-ed"] = "Opinion",
        ["comment"] = "Opinion",
        ["commentary"] = "Opinion",
        ["commentisfree"] = "Opinion",
        ["column"] = "Opinion",
        ["columns"] = "Opinion",
        ["columnists"] = "Opinion",
        ["editorial"] = "Opinion",
        ["editorials"] = "Opinion",
        ["leader"] = "Opinion",
        ["leaders"] = "Opinion",
        ["letters"] = "Opinion",
        ["perspective"] = "Opinion",
        ["analysis"] = "Analysis",
        ["review"] = "Review",
        ["reviews"] = "Review",
        ["satire"] = "Satire",
        ["sponsored"] = "Advertiser Supplied",
        ["advertorial"] = "Advertiser Supplied",
        ["partner content"] = "Advertiser Supplied",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for a section that says what a piece is about rather than what kind of piece it is.</summary>
    public static string? OfSection(string? section) =>
        section is null ? null
        : section.Split([',', '/', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => Sections.GetValueOrDefault(part))
            .FirstOrDefault(static genre => genre is not null);
}
