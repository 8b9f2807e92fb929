using System.Runtime.CompilerServices;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.FileQueue;

/// <summary>The dead letters of the file queue.</summary>
internal sealed class DeadLetterFolder(QueueFolders folders) : IDeadLetters
{
    public async IAsyncEnumerable<DeadLetter> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (file, reason) in DeadFiles.List(folders))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new DeadLetter(Path.GetFileName(file), reason?.Error ?? "unknown", reason?.Reason ?? "No reason lies beside the file.", reason?.Attempts ?? 0, () => File.ReadAllBytes(file));
        }

        await Task.CompletedTask;
    }

    public Task<int> ReplayAsync(string? name, CancellationToken cancellation)
    {
        var files = DeadFiles.List(folders).Select(letter => letter.File).Where(file => name is null || Path.GetFileName(file) == name).ToArray();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            DeadFiles.Replay(folders, file);
        }

        return Task.FromResult(files.Length);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
