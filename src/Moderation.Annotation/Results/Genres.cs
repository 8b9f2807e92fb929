namespace Moderation.Annotation.Results;

/// <summary>What an article's genre means for its flags (IPTC genre names and everyday ones).</summary>
internal static class Genres
{
    private static readonly string[] OpinionGenres = ["opinion", "analysis", "review", "satire", "editorial", "column", "commentary", "comment", "blog", "letter", "op-ed", "perspective"];

    /// <summary>Whether the piece says of itself that it is opinion, so that editorializing in it is reported as information only.</summary>
    public static bool IsOpinion(string? genre) =>
        genre is not null && OpinionGenres.Any(name => genre.Contains(name, StringComparison.OrdinalIgnoreCase));
}
