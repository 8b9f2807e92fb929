using System.Reflection;

namespace Moderation.Worker.FileQueue;

/// <summary>A few articles of the project's own, so that a newcomer sees the whole path with one command.</summary>
internal static class SampleArticles
{
    private const string Prefix = "Samples/";

    /// <summary>Puts them into the inbox, as complete files.</summary>
    public static void Drop(QueueFolders folders)
    {
        folders.Create();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            DurableFile.Write(Path.Combine(folders.Inbox, resource[Prefix.Length..]), content.GetBuffer().AsSpan(0, (int)content.Length), folders.Temporary);
        }
    }
}
