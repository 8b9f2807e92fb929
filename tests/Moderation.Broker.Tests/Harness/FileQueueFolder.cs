namespace Moderation.Broker.Tests.Harness;

/// <summary>A file queue in a temporary folder.</summary>
internal sealed class FileQueueFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("moderation-queue-").FullName;

    public string Inbox => Directory.CreateDirectory(Path.Combine(Root, "inbox")).FullName;

    public Dictionary<string, string?> Settings() => new()
    {
        ["Moderation:Transport"] = "File",
        ["Moderation:File:Root"] = Root,
        ["Moderation:File:Settle"] = "00:00:00.100",
        ["Moderation:File:PollInterval"] = "00:00:00.100",
        ["Moderation:Processing:RetryDelay"] = "00:00:00.200",
        ["Moderation:Processing:RetryBackoff"] = "2",
        ["Moderation:Shutdown:Drain"] = "00:00:10",
        ["Moderation:Shutdown:Timeout"] = "00:00:20",
        ["Moderation:Health:File"] = "",
    };

    /// <summary>Drops a complete file, as a careful producer does: written elsewhere, renamed into place.</summary>
    public void Drop(string name, byte[] body)
    {
        var temporary = Path.Combine(Root, $"{Guid.NewGuid():N}.tmp");
        File.WriteAllBytes(temporary, body);
        File.Move(temporary, Path.Combine(Inbox, name));
    }

    public IReadOnlyList<string> Results() => Files("results");

    public IReadOnlyList<string> Dead() => [.. Files("dead").Where(file => !file.EndsWith(".reason.json", StringComparison.Ordinal))];

    public IReadOnlyList<string> Waiting() => Files("inbox");

    /// <summary>Files claimed by some worker and not settled.</summary>
    public IReadOnlyList<string> Claimed()
    {
        var work = Path.Combine(Root, ".moderation", "work");
        return Directory.Exists(work) ? [.. Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock")] : [];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string[] Files(string name)
    {
        var folder = Path.Combine(Root, name);
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }
}
