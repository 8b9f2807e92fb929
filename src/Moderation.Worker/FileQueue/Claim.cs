namespace Moderation.Worker.FileQueue;

/// <summary>
/// A file taken out of the inbox. It lies alone in a folder <c>&lt;id&gt;.&lt;attempt&gt;</c> under its owner's work folder and keeps its name,
/// so that all that a successor must know survives the owner.
/// </summary>
internal sealed class Claim
{
    private Claim(string folder, string name)
    {
        Folder = folder;
        Name = name;
    }

    public string Folder { get; private set; }

    /// <summary>The file's name as it was dropped.</summary>
    public string Name { get; }

    public string File => Path.Combine(Folder, Name);

    /// <summary>How often work on the file has begun.</summary>
    public int Attempt => int.TryParse(Path.GetExtension(Folder).AsSpan(1), out var attempt) ? attempt : 1;

    private string Id => Path.GetFileNameWithoutExtension(Folder);

    /// <summary>Takes the file out of the inbox; null if another worker was quicker or the file is gone.</summary>
    public static Claim? TryTake(string inboxFile, string workFolder)
    {
        var folder = Path.Combine(workFolder, Guid.NewGuid().ToString("N") + ".1");
        Directory.CreateDirectory(folder);
        var claim = new Claim(folder, Path.GetFileName(inboxFile));
        try
        {
            // With overwrite it is one rename(2), of which only one of two workers can succeed; without, it would be a link and an unlink.
            System.IO.File.Move(inboxFile, claim.File, overwrite: true);
            return claim;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Directory.Delete(folder);
            return null;
        }
        catch
        {
            Directory.Delete(folder);
            throw;
        }
    }

    /// <summary>The claim in a folder that a dead worker left, moved to its new owner; null if the folder is empty.</summary>
    public static Claim? TakeOver(string abandonedFolder, string workFolder)
    {
        if (Directory.EnumerateFileSystemEntries(abandonedFolder).FirstOrDefault() is not { } file)
        {
            Directory.Delete(abandonedFolder);
            return null;
        }

        var claim = new Claim(abandonedFolder, Path.GetFileName(file));
        claim.MoveTo(workFolder, claim.Attempt);
        return claim;
    }

    /// <summary>Counts one more attempt.</summary>
    public void BeginNextAttempt() => MoveTo(Path.GetDirectoryName(Folder)!, Attempt + 1);

    /// <summary>Takes back an attempt that came to nothing through no fault of the article.</summary>
    public void ForgetAttempt() => MoveTo(Path.GetDirectoryName(Folder)!, Math.Max(0, Attempt - 1));

    /// <summary>Removes the file: its outcome is safely on disk.</summary>
    public void Complete()
    {
        System.IO.File.Delete(File);
        Directory.Delete(Folder);
    }

    /// <summary>Moves the file out of the claim, which ends with it.</summary>
    /// <exception cref="IOException">There is a file of that name already, or the disk refuses.</exception>
    public void MoveFileTo(string folder, string name)
    {
        var target = Path.Combine(folder, name);
        System.IO.File.Move(File, target, overwrite: false);
        Directory.Delete(Folder);
    }

    private void MoveTo(string workFolder, int attempt)
    {
        var target = Path.Combine(workFolder, $"{Id}.{attempt}");
        Directory.Move(Folder, target);
        Folder = target;
    }
}
