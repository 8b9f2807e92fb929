using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.Worker.Hosting;

namespace Moderation.Broker.Tests;

/// <summary>TLS to the broker: verified, whatever the settings.</summary>
[Collection(BrokerCollection.Name)]
public sealed class TlsTests(PrivateBroker broker)
{
    [Fact]
    public async Task Connect_AuthorityNamed_ArticlesFlow()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(Settings(probe, "127.0.0.1", broker.CaFile));

        await probe.PublishAsync(QueueProbe.Article("secret"));
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(30));

        Assert.Contains("ssl", await broker.EvalAsync("[lists:member({ssl,true},rabbit_networking:connection_info(Pid,[ssl])) andalso ssl || Pid <- rabbit_networking:connections()]."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_AuthorityUnknown_StartFailsAndSaysWhatToSet()
    {
        PrivateBroker.SkipIfNotInstalled();
        var message = await FailAsync("127.0.0.1", caFile: null);

        Assert.Contains("does not trust the broker's certificate", message, StringComparison.Ordinal);
        Assert.Contains("Moderation:RabbitMq:CaFile", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_AnotherAuthorityNamed_StartFails()
    {
        PrivateBroker.SkipIfNotInstalled();
        var folder = Directory.CreateTempSubdirectory("moderation-tls-");
        try
        {
            TestAuthority.WriteTo(folder.FullName);

            var message = await FailAsync("127.0.0.1", Path.Combine(folder.FullName, "ca.pem"));

            Assert.Contains("no authority in Moderation:RabbitMq:CaFile signed", message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Connect_CertificateNamesAnotherHost_StartFailsAndNamesTheHost()
    {
        PrivateBroker.SkipIfNotInstalled();
        // The client library by itself lets this one pass.
        var message = await FailAsync("localhost", broker.CaFile);

        Assert.Contains("does not name the host localhost", message, StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(string host, string? caFile)
    {
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartAsync(Settings(probe, host, caFile));
        await worker.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, worker.Exit.Code);
        return Assert.Single(worker.Log.Entries, entry => entry.Id == EventIds.WorkerFailed).Text;
    }

    private Dictionary<string, string?> Settings(QueueProbe probe, string host, string? caFile)
    {
        var settings = probe.Settings($"amqps://{host}:{broker.TlsPort}");
        settings["Moderation:RabbitMq:Timeouts:Connect"] = "00:00:10";
        if (caFile is not null)
        {
            settings["Moderation:RabbitMq:CaFile"] = caFile;
        }

        return settings;
    }
}
