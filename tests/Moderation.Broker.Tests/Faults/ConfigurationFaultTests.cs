using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.Worker.Health;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;

namespace Moderation.Broker.Tests.Faults;

/// <summary>Somebody must change something: F14, F15.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ConfigurationFaultTests(PrivateBroker broker)
{
    private const string Secret = "correct-horse-battery";

    [Fact]
    public async Task F14_BadPassword_StartFailsWithAMessageThatNamesWhatToSetAndNotThePassword()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:RabbitMq:User"] = "guest";
        settings["Moderation:RabbitMq:Password"] = Secret;
        await using var worker = await WorkerUnderTest.StartAsync(settings);

        await worker.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(1, worker.Exit.Code);
        var message = Assert.Single(worker.Log.Entries, entry => entry.Id == EventIds.WorkerFailed).Text;
        Assert.Contains("user 'guest'", message, StringComparison.Ordinal);
        Assert.Contains("Moderation:RabbitMq:User", message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, worker.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F14_PasswordChangedUnderARunningWorker_IsNotReadyBacksOffAndRecovers()
    {
        PrivateBroker.SkipIfNotInstalled();
        var user = await AddUserAsync(".*");
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartReadyAsync(WithUser(probe.Settings(), user));

        await broker.EvalAsync($"rabbit_auth_backend_internal:change_password(<<\"{user}\">>,<<\"another\">>,<<\"test\">>).");
        await broker.CloseConnectionsAsync();
        await worker.UntilLoggedAsync(EventIds.SubscribeFailed, times: 2);
        Assert.Equal(HealthLevel.NotReady, worker.Health.Level);
        Assert.Contains(worker.Health.Reasons, reason => reason.Contains($"user '{user}'", StringComparison.Ordinal));
        await broker.EvalAsync($"rabbit_auth_backend_internal:change_password(<<\"{user}\">>,<<\"{Secret}\">>,<<\"test\">>).");

        await worker.UntilAsync(HealthLevel.Ready);
    }

    [Fact]
    public async Task F14_NoPermission_StartFailsAndNamesUserAndPermission()
    {
        PrivateBroker.SkipIfNotInstalled();
        var user = await AddUserAsync("^$");
        await using var probe = new QueueProbe(broker);
        await using var worker = await WorkerUnderTest.StartAsync(WithUser(probe.Settings(), user));

        await worker.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(1, worker.Exit.Code);
        var message = Assert.Single(worker.Log.Entries, entry => entry.Id == EventIds.WorkerFailed).Text;
        Assert.Contains($"User '{user}' lacks a permission", message, StringComparison.Ordinal);
        Assert.Contains("set_permissions", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F15_QueueExistsWithOtherArguments_StartFailsNamingTheArgumentAndBothValues()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await probe.OnChannelAsync(channel => channel.QueueDeclareAsync(probe.ArticlesQueue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 7 }));
        await using var worker = await WorkerUnderTest.StartAsync(probe.Settings());

        await worker.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(1, worker.Exit.Code);
        var message = Assert.Single(worker.Log.Entries, entry => entry.Id == EventIds.WorkerFailed).Text;
        Assert.Contains($"'{probe.ArticlesQueue}'", message, StringComparison.Ordinal);
        Assert.Matches("inequivalent arg 'x-[a-z-]+'.*received.*current is", message);
    }

    [Fact]
    public async Task Verify_QueueMissing_NamesItAndMakesNothing()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var options = new RabbitMqOptions { Uri = broker.Uri, Names = new RabbitMqNames { ArticlesExchange = probe.ArticlesExchange, ArticlesQueue = probe.ArticlesQueue, ResultsExchange = probe.ResultsExchange, ResultsQueue = probe.ResultsQueue } };
        await using var connection = new BrokerConnection("test", options, TimeProvider.System, new CapturedLog());
        var open = await connection.GetAsync(TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<TransportException>(() => new Topology(options, new ProcessingOptions()).VerifyAsync(open, compareArguments: true, TestContext.Current.CancellationToken));

        Assert.Contains($"no queue '{probe.ArticlesQueue}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"no exchange '{probe.ResultsExchange}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(-1, await probe.CountAsync(probe.ArticlesQueue));
    }

    private static Dictionary<string, string?> WithUser(Dictionary<string, string?> settings, string user)
    {
        settings["Moderation:RabbitMq:User"] = user;
        settings["Moderation:RabbitMq:Password"] = Secret;
        return settings;
    }

    private async Task<string> AddUserAsync(string permissions)
    {
        var user = $"u{Guid.NewGuid():N}"[..8];
        await broker.EvalAsync($"rabbit_auth_backend_internal:add_user(<<\"{user}\">>,<<\"{Secret}\">>,<<\"test\">>).");
        await broker.EvalAsync($"rabbit_auth_backend_internal:set_permissions(<<\"{user}\">>,<<\"/\">>,<<\"{permissions}\">>,<<\"{permissions}\">>,<<\"{permissions}\">>,<<\"test\">>).");
        return user;
    }
}
