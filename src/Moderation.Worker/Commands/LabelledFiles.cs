using Moderation.Training.Corpus;

namespace Moderation.Worker.Commands;

/// <summary>The labelled articles that a command was given.</summary>
internal static class LabelledFiles
{
    /// <param name="files">Files, or folders of them.</param>
    /// <param name="part">A part of the fixed split, or "all".</param>
    /// <exception cref="CommandFailedException">A file is missing or breaks the format, or there is no article of that part.</exception>
    public static IReadOnlyList<LabelledArticle> Read(FileSystemInfo[] files, string part)
    {
        if (files.FirstOrDefault(static file => !file.Exists) is { } missing)
            throw new CommandFailedException($"there is no file or folder {missing.FullName}.");
        try
        {
            var articles = files
                .SelectMany(file => file is DirectoryInfo ? CorpusReader.ReadFolder(file.FullName) : [CorpusReader.Read(file.FullName, File.ReadAllText(file.FullName))])
                .Where(article => part == "all" || string.Equals(Split.Of(article.Id).ToString(), part, StringComparison.OrdinalIgnoreCase))
                .ToList();
            return articles.Count > 0 ? articles : throw new CommandFailedException($"none of the files is a labelled article of the part '{part}'.");
        }
        catch (Exception exception) when (exception is CorpusFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }
    }
}
