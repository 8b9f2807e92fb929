using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;

namespace Moderation.Broker.Tests;

/// <summary>What an operator types: <c>moderation topology</c>, <c>dead</c> and <c>health</c> as processes against the broker.</summary>
[Collection(BrokerCollection.Name)]
public sealed class OperatorCommandTests(PrivateBroker broker)
{
    [Fact]
    public async Task Topology_VerifyDeclareVerify_NamesWhatIsMissingMakesItAndAgrees()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();

        var before = await ModerationProgram.RunAsync(settings, "topology", "verify");
        var declared = await ModerationProgram.RunAsync(settings, "topology", "declare");
        var after = await ModerationProgram.RunAsync(settings, "topology", "verify");
        var otherwise = await ModerationProgram.RunAsync(settings, "topology", "verify", "--set", "RabbitMq:DeliveryLimit=9");

        Assert.Equal(1, before.Code);
        Assert.Contains($"no queue '{probe.ArticlesQueue}'", before.Errors, StringComparison.Ordinal);
        Assert.Contains("moderation topology declare", before.Errors, StringComparison.Ordinal);
        Assert.True(declared.Code == 0, declared.Errors);
        Assert.Contains($"queue    {probe.DeadQueue}\n", declared.Output, StringComparison.Ordinal);
        Assert.True(after.Code == 0, after.Errors);
        Assert.Equal(1, otherwise.Code);
        Assert.Contains("received '9' but current is '20'", otherwise.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_ListShowReplay_AreOneLineALetterTheBytesThemselvesAndBackInTheQueue()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        await using (await WorkerUnderTest.StartReadyAsync(settings))
        {
            await probe.PublishAsync("{ broken"u8.ToArray());
            await probe.UntilDeadAsync(1, TimeSpan.FromSeconds(20));
        }

        var listed = await ModerationProgram.RunAsync(settings, "dead", "list");
        var shown = await ModerationProgram.RunAsync(settings, "dead", "show", "1");
        var unknown = await ModerationProgram.RunAsync(settings, "dead", "show", "2");
        var replayed = await ModerationProgram.RunAsync(settings, "dead", "replay", "1");

        Assert.Equal((0, ""), (listed.Code, listed.Errors));
        Assert.Matches("^1\tbad-json\t1\t[^\n]+\\.\n$", listed.Output);
        Assert.Equal((0, "{ broken"), (shown.Code, shown.Output));
        Assert.Equal(1, unknown.Code);
        Assert.Equal(0, replayed.Code);
        await Wait.UntilAsync(async () => await probe.CountAsync(probe.ArticlesQueue) == 1 && await probe.CountAsync(probe.DeadQueue) == 0, TimeSpan.FromSeconds(10), "it is back in the queue");
    }

    [Fact]
    public async Task Dead_BrokerUnreachable_GivesUpAfterTheTimeoutWithOneMessage()
    {
        await using var proxy = new FaultProxy(target: 1) { Refusing = true };
        Dictionary<string, string?> settings = new() { ["Moderation:RabbitMq:Uri"] = proxy.Uri, ["Moderation:RabbitMq:Timeouts:Connect"] = "00:00:01" };

        var (code, output, errors) = await ModerationProgram.RunAsync(settings, "dead", "list", "--transport", "rabbitmq");

        Assert.True(proxy.Refused > 0, "nobody tried to connect");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"error: The broker at {proxy.Uri} could not be reached", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Health_OfAWorkerOnTheBroker_FollowsItsLife()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        using var folder = new FileQueueFolder();
        var settings = probe.Settings();
        settings["Moderation:Health:File"] = Path.Combine(folder.Root, "health.json");
        Assert.Equal(1, (await ModerationProgram.RunAsync(settings, "health")).Code);

        await using var worker = ChildWorker.Start(settings);
        await worker.UntilConsumingAsync();
        var ready = await ModerationProgram.RunAsync(settings, "health");
        await worker.TerminateAsync();
        var gone = await ModerationProgram.RunAsync(settings, "health");

        Assert.True(ready.Code == 0, ready.Output);
        Assert.StartsWith("Ready", ready.Output, StringComparison.Ordinal);
        Assert.Equal(1, gone.Code);
    }
}
