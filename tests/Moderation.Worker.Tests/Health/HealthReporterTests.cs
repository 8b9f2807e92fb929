using Microsoft.Extensions.Logging.Abstractions;
using Moderation.Worker.Health;
using Moderation.Worker.Options;

namespace Moderation.Worker.Tests.Health;

public sealed class HealthReporterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderation-health-").FullName;

    private string HealthPath => Path.Combine(folder, "deep", "health.json");

    [Fact]
    public async Task Write_PartsReportAtOnceAsItStarts_FileHasTheLastWord()
    {
        for (var round = 0; round < 20; round++)
        {
            var health = new HealthState();
            using var reporter = Reporter(health, TimeSpan.FromMinutes(1));
            var starting = reporter.StartAsync(CancellationToken.None);
            Parallel.For(0, 8, part => health.Report($"part-{part}", HealthLevel.Ready));
            await starting;
            health.Report("part-0", HealthLevel.Degraded, "alarm");
            health.Report("part-0", HealthLevel.Ready);

            // The interval is a minute: only the changes themselves, and the one write at the start, can have written.
            await Task.Run(() => SpinWait.SpinUntil(() => HealthFile.Read(HealthPath) is { Level: HealthLevel.Ready }, TimeSpan.FromSeconds(5)));
            Assert.Equal(HealthLevel.Ready, HealthFile.Read(HealthPath)!.Level);
            await reporter.StopAsync(CancellationToken.None);
            Assert.Null(HealthFile.Read(HealthPath));
        }
    }

    [Theory]
    [InlineData("live", true, 200)]
    [InlineData("live", false, 200)]
    [InlineData("ready", true, 200)]
    [InlineData("ready", false, 503)]
    [InlineData("other", true, 404)]
    public async Task Endpoint_EachQuestion_AnswersWithItsStatus(string path, bool ready, int expected)
    {
        var health = new HealthState();
        health.Report("part", ready ? HealthLevel.Ready : HealthLevel.NotReady, ready ? "" : "no broker");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var reporter = Reporter(health, TimeSpan.FromMinutes(1), port);
        await reporter.StartAsync(CancellationToken.None);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

        HttpResponseMessage? answer = null;
        for (var attempt = 0; answer is null && attempt < 100; attempt++)
        {
            try
            {
                answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health/{path}"));
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }

        Assert.Equal(expected, (int)answer!.StatusCode);
        Assert.Equal(!ready && path == "ready", (await answer.Content.ReadAsStringAsync()).Contains("no broker", StringComparison.Ordinal));
        await reporter.StopAsync(CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private HealthReporter Reporter(HealthState health, TimeSpan interval, int port = 0) =>
        new(health, Microsoft.Extensions.Options.Options.Create(new ModerationOptions { Health = new HealthOptions { File = HealthPath, Interval = interval, Port = port } }), TimeProvider.System, NullLogger<HealthReporter>.Instance);
}
