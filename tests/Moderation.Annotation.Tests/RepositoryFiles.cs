namespace Moderation.Tests;

/// <summary>Where the files of this repository lie, found from the folder that the tests run in.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string TrainingData => Path.Combine(Root, "training-data");

    public static string Articles => Path.Combine(TrainingData, "articles");

    public static string DefaultModel => Path.Combine(Root, "models", "moderation-news-en.model");

    /// <summary>A folder or file of what stands beside some checkouts and never in the repository; null where it is absent.</summary>
    public static string? Shared(string name)
    {
        for (var folder = new DirectoryInfo(Root).Parent; folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", name);
            if (Path.Exists(path))
                return path;
        }

        return null;
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
