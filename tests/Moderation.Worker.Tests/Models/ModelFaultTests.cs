using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderation.Annotation.Detection;
using Moderation.Worker.Commands;

namespace Moderation.Worker.Tests.Models;

/// <summary>The model file is at fault: F24. The program itself is run, with the file queue and copies of the default model.</summary>
public sealed class ModelFaultTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("moderation-model-").FullName;
    private readonly StringBuilder errors = new();

    private string ModelPath => Path.Combine(folder, "a.model");

    public static TheoryData<string, string> Faults => new()
    {
        { "truncated", "is damaged" },
        { "cut in its header", "is not a model file" },
        { "one bit turned", "is damaged" },
        { "another format's version", "has format version 99" },
        { "another program's features", "cannot be read by this program" },
        { "a part of no use", "cannot annotate with" },
        { "no model at all", "is not a model file" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task F24_Run_ModelUnusable_StartFailsNamingTheFileAndItsHash(string fault, string expected)
    {
        var model = Spoil(DefaultModel(), fault);
        await File.WriteAllBytesAsync(ModelPath, model);
        Drop("article");

        using var worker = Start();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(1, worker.ExitCode);
        Assert.Contains(expected, Errors, StringComparison.Ordinal);
        Assert.Contains(ModelPath, Errors, StringComparison.Ordinal);
        Assert.Contains(HashOf(model), Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "inbox", "article.json")), "the article was taken");
    }

    [Fact]
    public async Task F24_Run_ModelMissing_StartFailsNamingTheFile()
    {
        using var worker = Start();
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(1, worker.ExitCode);
        Assert.Contains($"there is no model at {ModelPath}", Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F24_Reload_BadModelThenGoodOne_KeepsTheOldThenTakesTheNew()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGHUP.");
        Assert.SkipWhen(IsHangUpIgnored(), "SIGHUP is ignored here, as under nohup, and the worker inherits that.");
        var first = DefaultModel();
        var second = (ModelFile.FromBytes(first, "first") with { Version = "reloaded" }).ToBytes();
        await File.WriteAllBytesAsync(ModelPath, first);
        using var worker = Start();
        await UntilAsync(() => Errors.Contains("file-queue is Ready", StringComparison.Ordinal), "the worker is ready");
        Assert.Equal(HashOf(first), await ModelOfAsync("before"));

        Replace(first[..(first.Length / 2)]);
        await HangUpAsync(worker);
        await UntilAsync(() => Errors.Contains("stays in use", StringComparison.Ordinal), "the bad model was refused");
        Assert.Contains(HashOf(first[..(first.Length / 2)]), Errors, StringComparison.Ordinal);
        await UntilAsync(() => Errors.Contains("model is Degraded", StringComparison.Ordinal), "the worker is said to be degraded");
        Assert.Equal(HashOf(first), await ModelOfAsync("between"));

        Replace(second);
        await HangUpAsync(worker);
        await UntilAsync(() => Errors.Contains("from now on", StringComparison.Ordinal), "the good model was taken");
        await UntilAsync(() => Errors.Contains("model is Ready", StringComparison.Ordinal), "the worker is said to be well again");
        Assert.Equal(HashOf(second), await ModelOfAsync("after"));

        await SignalAsync(worker, "TERM");
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(0, worker.ExitCode);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Whether this process ignores SIGHUP, signal 1 of the mask that Linux shows.</summary>
    private static bool IsHangUpIgnored()
    {
        const string Status = "/proc/self/status", Field = "SigIgn:";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line[Field.Length..].Trim(), 16) & 1) != 0;
    }

    private string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    private static byte[] DefaultModel()
    {
        var path = ModelLocation.FindDefault();
        Assert.SkipWhen(path is null, "There is no default model: build one with moderation train.");
        return File.ReadAllBytes(path);
    }

    private static byte[] Spoil(byte[] model, string fault)
    {
        switch (fault)
        {
            case "truncated":
                return model[..^1000];
            case "cut in its header":
                return model[..20];
            case "one bit turned":
                model[model.Length / 2] ^= 1;
                return model;
            case "another format's version":
                model[4] = 99;
                return model;
            case "another program's features":
                var other = ModelFile.FromBytes(model, "model");
                return (other with { Detection = other.Detection with { Articles = other.Detection.Context } }).ToBytes();
            case "a part of no use":
                var empty = ModelFile.FromBytes(model, "model");
                return (empty with { Detection = empty.Detection with { SentenceBiases = [] } }).ToBytes();
            default:
                return "not a model"u8.ToArray();
        }
    }

    private static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(RunCommand).Assembly.Location, "run", "--model", ModelPath, "--root", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private void Drop(string id)
    {
        Directory.CreateDirectory(Path.Combine(folder, "inbox"));
        var temporary = Path.Combine(folder, $"{id}.tmp");
        File.WriteAllText(temporary, JsonSerializer.Serialize(new { id, text = "The mayor slammed the audit." }));
        File.Move(temporary, Path.Combine(folder, "inbox", $"{id}.json"));
    }

    /// <summary>The hash of the model that the article's result names.</summary>
    private async Task<string?> ModelOfAsync(string id)
    {
        Drop(id);
        var result = Path.Combine(folder, "results", $"{id}.json");
        await UntilAsync(() => File.Exists(result), $"the result of {id} is there");
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(result));
        return document.RootElement.GetProperty("data").GetProperty("engine").GetProperty("model").GetProperty("sha256").GetString();
    }

    /// <summary>As a careful operator does it: written beside, renamed into place.</summary>
    private void Replace(byte[] model)
    {
        File.WriteAllBytes(ModelPath + ".new", model);
        File.Move(ModelPath + ".new", ModelPath, overwrite: true);
    }

    private static Task HangUpAsync(Process worker) => SignalAsync(worker, "HUP");

    private static async Task SignalAsync(Process worker, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{worker.Id}"]);
        await kill.WaitForExitAsync();
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"Waited in vain until {what}.\n{Errors}");
            await Task.Delay(20);
        }
    }
}
