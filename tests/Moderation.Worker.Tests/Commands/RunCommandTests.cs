using System.Diagnostics;
using Moderation.Worker.Commands;
using Moderation.Worker.Health;

namespace Moderation.Worker.Tests.Commands;

/// <summary>The worker's commands as a person runs them: a process, its output, its exit code.</summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderation-run-").FullName;

    [Fact]
    public async Task Run_PasswordOnTheCommandLine_IsRefusedWithoutRepeatingIt()
    {
        foreach (var arguments in (string[][])[["--uri", "amqp://user:secret@host"], ["--set", "RabbitMq:Password=secret"]])
        {
            var (code, output, errors) = await RunAsync([], ["run", .. arguments]);

            Assert.Equal(2, code);
            Assert.Contains("Moderation__RabbitMq__Password", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", output + errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CheckConfig_SeveralErrors_ListsEachBySettingAndExitsWithTwo()
    {
        var (code, _, errors) = await RunAsync([], "check-config", "--set", "Processing:Concurrency=900", "--set", "Shutdown:Drain=01:00:00");

        Assert.Equal(2, code);
        Assert.Contains("error: Moderation:Processing:Concurrency must be between 0 and 256.", errors, StringComparison.Ordinal);
        Assert.Contains("error: Moderation:Shutdown:Drain (01:00:00) must be shorter than Moderation:Shutdown:Timeout (00:00:30)", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_UnknownSetting_NamesIt()
    {
        var (code, _, errors) = await RunAsync([], "check-config", "--set", "Processing:Concurency=4");

        Assert.Equal(2, code);
        Assert.Contains("unknown setting 'Concurency'", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_EnvironmentFileAndArguments_TheArgumentWinsAndNoPasswordIsPrinted()
    {
        var config = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(config, """{ "Moderation": { "Processing": { "Concurrency": 3, "Retries": 1 }, "RabbitMq": { "User": "from-file" } } }""");
        Dictionary<string, string> environment = new() { ["Moderation__Processing__Concurrency"] = "5", ["Moderation__RabbitMq__Password"] = "secret" };

        var (code, output, errors) = await RunAsync(environment, "check-config", "--config", config, "--uri", "amqps://broker.example/news", "--set", "Processing:Concurrency=7");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("amqps://broker.example:5671/news as from-file", output, StringComparison.Ordinal);
        Assert.Contains("7 at a time, 00:00:10 each, retries after 00:00:02", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HealthLevel.Ready, 0, 0)]
    [InlineData(HealthLevel.Degraded, 0, 0)]
    [InlineData(HealthLevel.NotReady, 0, 1)]
    [InlineData(HealthLevel.Ready, 60, 1)]
    public async Task Health_WhatTheWorkerWrote_DecidesTheExitCode(object level, int secondsAgo, int expected)
    {
        HealthFile.Write(Path.Combine(folder, ".moderation", "health.json"), new HealthRecord((HealthLevel)level, [], 1, TimeProvider.System.GetUtcNow().AddSeconds(-secondsAgo), 2));

        Assert.Equal(expected, (await RunAsync([], "health")).Code);
    }

    [Fact]
    public async Task Health_NoWorker_ExitsWithOne() => Assert.Equal(1, (await RunAsync([], "health")).Code);

    [Fact]
    public async Task Dead_ListShowAndReplay_OfTheFileQueue()
    {
        Directory.CreateDirectory(Path.Combine(folder, "dead"));
        await File.WriteAllTextAsync(Path.Combine(folder, "dead", "a.json"), "{ broken");
        await File.WriteAllTextAsync(Path.Combine(folder, "dead", "a.json.reason.json"), """{ "file": "a.json", "error": "bad-json", "reason": "It ends too soon.", "attempts": 1, "at": "2026-01-01T00:00:00Z" }""");

        Assert.Equal("a.json\tbad-json\t1\tIt ends too soon.\n", (await RunAsync([], "dead", "list")).Output);
        Assert.Equal("{ broken", (await RunAsync([], "dead", "show", "a.json")).Output);
        Assert.Equal(1, (await RunAsync([], "dead", "show", "b.json")).Code);
        Assert.Equal(0, (await RunAsync([], "dead", "replay")).Code);
        Assert.True(File.Exists(Path.Combine(folder, "inbox", "a.json")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(int Code, string Output, string Errors)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(RunCommand).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }
}
