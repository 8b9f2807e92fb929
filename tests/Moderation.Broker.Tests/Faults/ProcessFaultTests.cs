using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests.Faults;

/// <summary>The worker's own process is stopped or dies: F19, F22, F23, F27, F29.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ProcessFaultTests(PrivateBroker broker)
{
    [Fact]
    public async Task F19_MessageThatKillsTheProcess_IsDeadLetteredByTheBrokerAndItsNeighboursSurvive()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        settings["Moderation:RabbitMq:DeliveryLimit"] = "2";
        await DeclareAsync(probe, settings);
        await probe.PublishAsync(Enumerable.Range(0, 20).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(20)}"))
            .Prepend(QueueProbe.Article("deadly", $"Deadly. {MarkedAnnotator.Crash}")));

        // As a supervisor would, start it again each time it dies.
        var deaths = 0;
        await Wait.UntilAsync(async () =>
        {
            await using var worker = ChildWorker.Start(settings);
            await Wait.UntilAsync(async () => worker.HasExited || (await probe.CountAsync(probe.DeadQueue) == 1 && await probe.CountAsync(probe.ResultsQueue) >= 20), TimeSpan.FromSeconds(30), "the worker died or finished");
            deaths += worker.HasExited ? 1 : 0;
            return !worker.HasExited;
        }, TimeSpan.FromSeconds(90), "a worker survives");

        // Once beside its neighbours, then alone as often as the limit allows.
        Assert.InRange(deaths, 3, 5);
        var letter = Assert.Single(await probe.TakeDeadAsync());
        Assert.Contains("deadly", System.Text.Encoding.UTF8.GetString(letter.Body), StringComparison.Ordinal);
        Assert.Equal("delivery_limit", letter.Headers["x-first-death-reason"]);
        await new Ledger(probe, Enumerable.Range(0, 20).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task F22_SigtermAtRandomMoments_StopsInTheBudgetWithExitCodeZeroAndLosesNothing()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        await DeclareAsync(probe, settings);
        var random = new Random(22);
        const int Articles = 400;
        await probe.PublishAsync(Enumerable.Range(0, Articles).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(40)}")));

        for (var round = 0; round < 5; round++)
        {
            await using var worker = ChildWorker.Start(settings);
            await worker.UntilStartedAsync();
            await Task.Delay(random.Next(0, 1_500));
            var took = await worker.TerminateAsync();
            Assert.InRange(took.TotalSeconds, 0, 20);
            Assert.True(worker.ExitCode is 0, $"exit code {worker.ExitCode}: {worker.Errors}");
        }

        Assert.True(await probe.CountAsync(probe.ArticlesQueue) + await probe.CountAsync(probe.IsolatedQueue) > 0, "all was done before the last stop");
        await using var last = ChildWorker.Start(settings);
        await new Ledger(probe, Enumerable.Range(0, Articles).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task F23_SigkillBetweenConfirmAndAck_GivesADuplicateWithTheSameId()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var proxy = new FaultProxy(broker.Port);
        await using var probe = new QueueProbe(broker);
        await DeclareAsync(probe, probe.Settings());
        await using var first = ChildWorker.Start(probe.Settings(proxy.Uri));
        await first.UntilConsumingAsync();
        await probe.PublishAsync(QueueProbe.Article("twin", $"Slow. {MarkedAnnotator.Slow(1_000)}"));
        await Wait.UntilAsync(async () => await probe.CountAsync(probe.ArticlesQueue) == 0, TimeSpan.FromSeconds(5), "the article is in work");

        // The first connection is the one that consumes: its acknowledgement is swallowed, the result on the other gets through.
        proxy.BlackHoleUpstreamOf = 1;
        await probe.UntilResultsAsync(1, TimeSpan.FromSeconds(10));
        await first.KillAsync();
        Assert.True(proxy.Swallowed > 0, "no acknowledgement was swallowed");
        await using var second = ChildWorker.Start(probe.Settings());
        await probe.UntilResultsAsync(2, TimeSpan.FromSeconds(30));

        var ledger = new Ledger(probe, ["twin"]);
        await ledger.SettleAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, ledger.Duplicates);
    }

    [Fact]
    public async Task F27_TwoWorkersOneDies_TheOtherTakesOver()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        var settings = probe.Settings();
        await DeclareAsync(probe, settings);
        await using var first = ChildWorker.Start(settings);
        await using var second = ChildWorker.Start(settings);
        await first.UntilConsumingAsync();
        await second.UntilConsumingAsync();
        await probe.PublishAsync(Enumerable.Range(0, 300).Select(number => QueueProbe.Article($"article-{number}", $"Slow. {MarkedAnnotator.Slow(40)}")));
        await probe.UntilResultsAsync(20, TimeSpan.FromSeconds(30));

        await first.KillAsync();
        Assert.True(await probe.CountAsync(probe.ResultsQueue) < 300, "all was done before the kill");

        await new Ledger(probe, Enumerable.Range(0, 300).Select(number => $"article-{number}")).SettleAsync(TimeSpan.FromSeconds(60));
        Assert.False(second.HasExited);
    }

    [Fact]
    public async Task F29_OutputAndErrorClosed_HasNoEffect()
    {
        PrivateBroker.SkipIfNotInstalled();
        await using var probe = new QueueProbe(broker);
        await DeclareAsync(probe, probe.Settings());
        await using var worker = ChildWorker.StartUnheard(probe.Settings());
        Assert.Empty(Pipes.ReadersOf(worker.Id, descriptor: 1));
        Assert.Empty(Pipes.ReadersOf(worker.Id, descriptor: 2));

        // The bad one makes the worker log a warning, into the closed pipe.
        await probe.PublishAsync(Enumerable.Range(0, 50).Select(number => QueueProbe.Article($"article-{number}")).Append("not JSON"u8.ToArray()));
        await probe.UntilDeadAsync(1, TimeSpan.FromSeconds(30));
        await probe.UntilResultsAsync(50, TimeSpan.FromSeconds(30));

        await worker.TerminateAsync();
        Assert.Equal(0, worker.ExitCode);
    }

    /// <summary>Has the queues made, so that articles can be published before the first worker under test.</summary>
    private static async Task DeclareAsync(QueueProbe probe, Dictionary<string, string?> settings)
    {
        await using var worker = await WorkerUnderTest.StartReadyAsync(settings);
        Assert.Equal(0, await probe.CountAsync(probe.ArticlesQueue));
    }
}
