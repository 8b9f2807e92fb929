using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests;

/// <summary>The file queue makes the broker's promises, with faults of its own.</summary>
public sealed class FileQueueFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_AtRandomMomentsWithTwoWorkers_LosesNothingAndNeverShowsHalfAResult()
    {
        var (kills, articles, slow) = Environment.GetEnvironmentVariable("MODERATION_LONG_TESTS") == "1" ? (200, 2_000, 120) : (12, 400, 70);
        using var folder = new FileQueueFolder();
        var settings = folder.Settings();
        // The same file may be in work at every kill; what is tested is that none is lost.
        settings["Moderation:File:MaxDeliveries"] = "100";
        for (var number = 0; number < articles; number++)
        {
            folder.Drop($"file-{number}.json", QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(slow)}"));
        }

        var random = new Random(9);
        var seen = new Dictionary<string, string>();
        var inWork = 0;
        ChildWorker[] workers = [ChildWorker.Start(settings), ChildWorker.Start(settings)];
        try
        {
            for (var number = 0; number < kills; number++)
            {
                var index = random.Next(2);
                await workers[index].UntilStartedAsync();
                await Task.Delay(random.Next(0, 700));
                await workers[index].KillAsync();
                // What a killed worker had claimed lies there until another takes it over.
                inWork += folder.Claimed().Count > 0 ? 1 : 0;
                Record(folder, seen);
                await workers[index].DisposeAsync();
                workers[index] = ChildWorker.Start(settings);
            }

            await Wait.UntilCountAsync(() => Task.FromResult(folder.Results().Count - folder.Claimed().Count), articles, TimeSpan.FromSeconds(60), $"all {articles} results are there");
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }

        output.WriteLine($"{articles} articles, {kills} kills, {inWork} of them with files in work, {seen.Count} results read whole between kills");
        Assert.NotEmpty(seen);
        Assert.True(inWork > kills / 3, $"only {inWork} of {kills} kills came while files were in work");
        Record(folder, seen);
        Assert.Equal(articles, seen.Count);
        Assert.Empty(folder.Dead());
        Assert.Empty(folder.Waiting());
    }

    [Fact]
    public async Task Kill_FileThatKillsItsWorkerEachTime_IsSetAsideAndItsNeighboursSurvive()
    {
        using var folder = new FileQueueFolder();
        var settings = folder.Settings();
        settings["Moderation:File:MaxDeliveries"] = "2";
        settings["Moderation:Processing:Retries"] = "0";
        settings["Moderation:File:Once"] = "true";
        folder.Drop("deadly.json", QueueProbe.Article("deadly", $"Deadly. {MarkedAnnotator.Crash}"));
        for (var number = 0; number < 10; number++)
        {
            folder.Drop($"file-{number}.json", QueueProbe.Article($"article-{number}"));
        }

        var deaths = 0;
        await Wait.UntilAsync(async () =>
        {
            await using var worker = ChildWorker.Start(settings);
            await worker.WaitForExitAsync();
            deaths += worker.ExitCode == 0 ? 0 : 1;
            return worker.ExitCode == 0;
        }, Limit, "a worker survives");

        Assert.Equal(2, deaths);
        Assert.Equal(10, folder.Results().Count);
        var dead = Assert.Single(folder.Dead());
        Assert.Equal("deadly.json", Path.GetFileName(dead));
        Assert.Contains("delivery-limit", await File.ReadAllTextAsync($"{dead}.reason.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DiskFull_WorkerWaitsNotReadyAndFinishesWhenThereIsRoom()
    {
        using var folder = new FileQueueFolder();
        var disk = Directory.CreateDirectory(Path.Combine(folder.Root, ".moderation", "tmp")).FullName;
        using var mount = SmallDisk.TryMount(disk, kilobytes: 256);
        Assert.SkipWhen(mount is null, "A small disk can be mounted only by root.");
        // Results are renamed into place from the small disk, so all of the queue must lie on it.
        var settings = folder.Settings();
        settings["Moderation:File:Root"] = disk;
        var filler = Path.Combine(disk, "filler");
        var inbox = Directory.CreateDirectory(Path.Combine(disk, "inbox")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(inbox, "article.json"), QueueProbe.Article("article", new string('a', 20_000)));
        Fill(filler);
        await using var worker = await WorkerUnderTest.StartAsync(settings);

        await worker.UntilLoggedAsync(EventIds.FileStorageFailed);
        await worker.UntilAsync(HealthLevel.NotReady);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk, "results")));
        File.Delete(filler);

        await Wait.UntilAsync(() => Directory.GetFiles(Path.Combine(disk, "results")).Length == 1, Limit, "the result is there");
        await worker.UntilAsync(HealthLevel.Ready);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk, "dead")));
        await worker.StopAsync();
    }

    [Fact]
    public async Task Start_InboxOnAnotherFileSystem_FailsAndSaysWhichFolder()
    {
        using var folder = new FileQueueFolder();
        using var mount = SmallDisk.TryMount(folder.Inbox, kilobytes: 64);
        Assert.SkipWhen(mount is null, "A small disk can be mounted only by root.");
        await using var worker = await WorkerUnderTest.StartAsync(folder.Settings());

        await worker.Ended.WaitAsync(Limit);

        Assert.Equal(1, worker.Exit.Code);
        Assert.Contains(worker.Log.Entries, entry => entry.Id == EventIds.WorkerFailed && entry.Text.Contains(folder.Inbox, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_LinkToNowhere_IsSetAsideAndOthersFlow()
    {
        using var folder = new FileQueueFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Inbox, "broken.json"), "/nowhere/at/all.json");
        folder.Drop("good.json", QueueProbe.Article("good"));
        await using var worker = await WorkerUnderTest.StartAsync(folder.Settings());

        await Wait.UntilAsync(() => folder.Results().Count == 1 && worker.Metrics.DeadTotal == 1, Limit, "one is done and one dead");

        Assert.Contains("unreadable", await File.ReadAllTextAsync(Path.Combine(folder.Root, "dead", "broken.json.reason.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileStillGrowing_IsTakenOnlyWhenComplete()
    {
        using var folder = new FileQueueFolder();
        var body = QueueProbe.Article("growing", "A slow producer writes this article in three parts.");
        await using var worker = await WorkerUnderTest.StartReadyAsync(folder.Settings());

        await using (var file = new FileStream(Path.Combine(folder.Inbox, "growing.json"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        {
            foreach (var part in body.Chunk((body.Length / 3) + 1))
            {
                await file.WriteAsync(part);
                // Shorter than the settling time of 100 ms, so that at no point is the file unchanged for long enough.
                await Task.Delay(50);
            }
        }

        await Wait.UntilAsync(() => folder.Results().Count == 1, Limit, "the result is there");
        Assert.Empty(folder.Dead());
        Assert.Equal(1, worker.Annotator.Attempts["growing"]);
    }

    [Fact]
    public async Task Read_UnfinishedNames_AreLeftAlone()
    {
        using var folder = new FileQueueFolder();
        string[] names = [".hidden.json", "article.json.tmp", "article.json.part", "article.json~"];
        foreach (var name in names)
        {
            folder.Drop(name, QueueProbe.Article("unfinished"));
        }

        var settings = folder.Settings();
        settings["Moderation:File:Once"] = "true";
        folder.Drop("done.json", QueueProbe.Article("done"));
        await using var worker = await WorkerUnderTest.StartAsync(settings);
        await worker.Ended.WaitAsync(Limit);

        Assert.Single(folder.Results());
        Assert.Equal(names.Order(StringComparer.Ordinal), folder.Waiting().Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
    }

    private static void Record(FileQueueFolder folder, Dictionary<string, string> seen)
    {
        foreach (var file in folder.Results())
        {
            var content = File.ReadAllBytes(file);
            using var document = JsonDocument.Parse(content);
            var id = document.RootElement.GetProperty("data").GetProperty("article").GetProperty("id").GetString()!;
            var hash = Convert.ToHexString(SHA256.HashData(content));
            if (!seen.TryAdd(id, hash))
            {
                Assert.Equal(seen[id], hash);
            }
        }
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    /// <summary>A file system of a few kilobytes in memory.</summary>
    private sealed class SmallDisk(string path) : IDisposable
    {
        public static SmallDisk? TryMount(string path, int kilobytes) =>
            OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", path) == 0 ? new SmallDisk(path) : null;

        public void Dispose() => Run("umount", path);

        private static int Run(string file, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
