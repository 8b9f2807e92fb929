using Moderation.Worker.FileQueue;

namespace Moderation.Worker.Tests.FileQueue;

public sealed class ClaimTests : IDisposable
{
    private readonly QueueFolders folders = new(Directory.CreateTempSubdirectory("moderation-claim-").FullName);

    public ClaimTests() => folders.Create();

    [Fact]
    public void TryTake_ManyAtOnce_ExactlyOneSucceeds()
    {
        var file = Path.Combine(folders.Inbox, "a.json");
        File.WriteAllText(file, "{}");

        var claims = new Claim?[16];
        Parallel.For(0, claims.Length, new ParallelOptions { MaxDegreeOfParallelism = claims.Length }, index => claims[index] = Claim.TryTake(file, folders.Work));

        Assert.Single(claims, claim => claim is not null);
        Assert.Single(Directory.EnumerateDirectories(folders.Work));
    }

    [Fact]
    public void TakeOver_ClaimOfADeadWorker_KeepsNameAndAttempts()
    {
        var file = Path.Combine(folders.Inbox, "a.json");
        File.WriteAllText(file, "{}");
        string left;
        using (var dead = WorkerLock.Create(folders.Work))
        {
            var claim = Claim.TryTake(file, dead.Folder)!;
            claim.BeginNextAttempt();
            left = dead.Folder;
        }

        using var successor = WorkerLock.Create(folders.Work);
        using var abandoned = Assert.Single(WorkerLock.TakeAbandoned(folders.Work));
        Assert.Equal(left, abandoned.Folder);
        var taken = Claim.TakeOver(Assert.Single(abandoned.ClaimFolders()), successor.Folder)!;

        Assert.Equal(("a.json", 2), (taken.Name, taken.Attempt));
        Assert.True(File.Exists(taken.File));
    }

    [Fact]
    public void TakeAbandoned_OwnerLives_LeavesItsClaims()
    {
        using var owner = WorkerLock.Create(folders.Work);
        using var other = WorkerLock.Create(folders.Work);

        Assert.Empty(WorkerLock.TakeAbandoned(folders.Work));
    }

    [Fact]
    public void Add_NameAlreadyDead_KeepsBothWithTheirReasons()
    {
        foreach (var reason in (string[])["first", "second"])
        {
            var file = Path.Combine(folders.Inbox, "a.json");
            File.WriteAllText(file, reason);
            DeadFiles.Add(folders, Claim.TryTake(file, folders.Work)!, "code", reason, DateTimeOffset.UnixEpoch);
        }

        var dead = DeadFiles.List(folders).ToDictionary(letter => File.ReadAllText(letter.File), letter => letter.Reason!.Reason);
        Assert.Equal(new Dictionary<string, string> { ["first"] = "first", ["second"] = "second" }, dead);
    }

    [Fact]
    public async Task Replay_DeadFile_IsBackInTheInboxWithoutItsReason()
    {
        var file = Path.Combine(folders.Inbox, "a.json");
        await File.WriteAllTextAsync(file, "{}");
        DeadFiles.Add(folders, Claim.TryTake(file, folders.Work)!, "code", "reason", DateTimeOffset.UnixEpoch);
        await using var letters = new DeadLetterFolder(folders);

        Assert.Equal(0, await letters.ReplayAsync("other.json", CancellationToken.None));
        Assert.Equal(1, await letters.ReplayAsync("a.json", CancellationToken.None));

        Assert.True(File.Exists(file));
        Assert.Empty(Directory.EnumerateFiles(folders.Dead));
    }

    public void Dispose() => Directory.Delete(folders.Root, recursive: true);
}
