using System.Security.Cryptography;
using System.Text;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>The folders of one file queue, all on one file system so that a rename between them is atomic.</summary>
internal sealed class QueueFolders
{
    /// <summary>The longest name, in characters, that an article id is used as without shortening; file systems allow 255 bytes with the suffix.</summary>
    private const int MaxNameLength = 120;

    public QueueFolders(string root)
    {
        Root = Path.GetFullPath(root);
        Inbox = Path.Combine(Root, "inbox");
        Results = Path.Combine(Root, "results");
        Dead = Path.Combine(Root, "dead");
        Work = Path.Combine(Root, ".moderation", "work");
        Temporary = Path.Combine(Root, ".moderation", "tmp");
    }

    public string Root { get; }

    public string Inbox { get; }

    public string Results { get; }

    public string Dead { get; }

    /// <summary>A folder for each living worker, with the files it has claimed.</summary>
    public string Work { get; }

    /// <summary>Where files are written before they are renamed into place.</summary>
    public string Temporary { get; }

    public void Create()
    {
        foreach (var folder in (string[])[Inbox, Results, Dead, Work, Temporary])
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>Checks that a rename between the folders is one step. Across file systems it would be a copy, of which a reader could see half.</summary>
    /// <exception cref="TransportException">A folder lies on another file system, as a volume mounted on it does.</exception>
    public void RequireOneFileSystem()
    {
        foreach (var folder in (string[])[Inbox, Results, Dead, Work])
        {
            var probe = Path.Combine(Temporary, Guid.NewGuid().ToString("N") + ".tmp");
            File.WriteAllBytes(probe, []);
            var moved = Path.Combine(folder, "." + Path.GetFileName(probe));
            var isOneStep = DurableFile.TryRename(probe, moved);
            DurableFile.TryDelete(isOneStep ? moved : probe);
            if (!isOneStep)
            {
                throw new TransportException($"'{folder}' is not on the same file system as '{Temporary}', so files cannot be moved between them in one step. Mount a volume on '{Root}' rather than on a folder in it.");
            }
        }
    }

    public string ResultOf(string articleId) => Path.Combine(Results, SafeName(articleId) + ".json");

    /// <summary>
    /// The id as a file name: itself where that is safe everywhere, otherwise what is safe of it and a hash, so that no two ids share a name.
    /// </summary>
    internal static string SafeName(string articleId)
    {
        if (articleId.Length is > 0 and <= MaxNameLength && articleId[0] is not ('.' or '-') && articleId.All(IsSafe))
        {
            return articleId;
        }

        var kept = new StringBuilder();
        foreach (var c in articleId.AsSpan(0, Math.Min(articleId.Length, MaxNameLength / 2)))
        {
            kept.Append(IsSafe(c) ? c : '-');
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(articleId)).AsSpan(0, 8));
        return $"{kept.ToString().Trim('.', '-')}~{hash}";
    }

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';
}
