using Moderation.Annotation.Attribution;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>Files of the repository that the tests read.</summary>
internal static class TestFiles
{
    public static string Root { get; } = FindRoot();

    public static AttributionLexicon Lexicon { get; } = ReadLexicon();

    public static string Fixtures => Path.Combine(Root, "tests", "Moderation.Annotation.Tests", "Attribution", "Fixtures");

    /// <summary>Real articles that stand beside some checkouts and never in the repository; null where they are absent.</summary>
    public static string? SharedArticles
    {
        get
        {
            for (var folder = new DirectoryInfo(Root).Parent; folder is not null; folder = folder.Parent)
            {
                var path = Path.Combine(folder.FullName, "shared", "articles");
                if (Directory.Exists(path))
                    return path;
            }

            return null;
        }
    }

    private static AttributionLexicon ReadLexicon()
    {
        using var reader = new StreamReader(Path.Combine(Root, "training-data", "lexicons", "attribution.tsv"));
        return AttributionLexicon.Parse(reader);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Moderation.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from a build inside the repository; no folder above them holds Moderation.sln.");
    }
}
