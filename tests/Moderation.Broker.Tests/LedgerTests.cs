using System.Globalization;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;
using Moderation.TestWorker;

namespace Moderation.Broker.Tests;

/// <summary>
/// Two workers, faults at random, and at the end the accounts are compared: nothing lost, nothing unexpected, every duplicate identical.
/// The shape is that of RabbitMQ's own Jepsen checker.
/// </summary>
[Collection(BrokerCollection.Name)]
public sealed class LedgerTests(PrivateBroker broker, ITestOutputHelper output)
{
    private const string LongTests = "MODERATION_LONG_TESTS";

    [Fact]
    public Task Run_FaultsAtRandom_ShortLedgerBalances() => BalanceAsync(articles: 1_500, faults: FaultCount, slow: 10);

    [Fact]
    public Task Run_FaultsAtRandom_LongLedgerBalances()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(LongTests) == "1", $"Takes minutes; set {LongTests}=1.");
        return BalanceAsync(articles: 20_000, faults: 40, slow: 10);
    }

    private async Task BalanceAsync(int articles, int faults, int slow)
    {
        PrivateBroker.SkipIfNotInstalled();
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed.ToString(CultureInfo.InvariantCulture)}");
        var random = new Random(seed);
        await using var probe = new QueueProbe(broker);
        // A message in work at every single fault must still not reach the limit.
        var settings = probe.Settings();
        settings["Moderation:RabbitMq:DeliveryLimit"] = "100";
        await using var workers = new WorkerPair(settings);
        await workers.StartAsync();
        await Wait.UntilAsync(async () => await probe.CountAsync(probe.ResultsQueue) == 0 && await probe.CountAsync(probe.ArticlesQueue) == 0, TimeSpan.FromSeconds(30), "the workers have declared their queues");

        var ids = Enumerable.Range(0, articles).Select(number => $"article-{number}").ToArray();
        var late = new List<string>();
        var publishing = PublishAsync(probe, ids, slow, faults);
        var injected = new List<string>();
        for (var number = 0; number < faults; number++)
        {
            await Task.Delay(random.Next(300, 1_500));
            var (name, fault) = Faults(workers, probe, late, random)[number < FaultCount ? number : random.Next(FaultCount)];
            injected.Add(name);
            output.WriteLine($"Fault {number}: {name}");
            await fault();
            await workers.RestartDeadAsync();
            await workers.UntilStartedAsync();
        }

        await publishing;
        var ledger = new Ledger(probe, ids.Concat(late));
        await ledger.SettleAsync(TimeSpan.FromSeconds(90));
        output.WriteLine($"{articles} articles, {injected.Count} faults ({string.Join(", ", injected.CountBy(name => name).Select(fault => $"{fault.Value} × {fault.Key}"))}), {ledger.Duplicates} duplicates, each identical; {workers.Deaths} workers killed, {workers.Stops} stopped");
        Assert.Equal(faults, injected.Count);
        Assert.True(workers.Deaths > 0 && workers.Stops > 0, "no worker was killed or stopped");
        Assert.Empty(workers.BadExits);
    }

    private const int FaultCount = 9;

    private (string Name, Func<Task> Inject)[] Faults(WorkerPair workers, QueueProbe probe, List<string> late, Random random) =>
    [
        ("F23 worker killed", () => workers.KillOneAsync(random)),
        ("F4 connections closed", broker.CloseConnectionsAsync),
        ("F2 broker restarted", broker.RestartAppAsync),
        ("F22 worker stopped", () => workers.StopOneAsync(random)),
        ("F8 memory alarm", async () =>
        {
            await broker.EvalAsync("vm_memory_monitor:set_vm_memory_high_watermark(0.0001).");
            await Task.Delay(random.Next(500, 2_500));
            await broker.EvalAsync("vm_memory_monitor:set_vm_memory_high_watermark(0.4).");
        }),
        ("F10 broker frozen", () => broker.FreezeAsync(TimeSpan.FromSeconds(5))),
        ("F3 broker killed", async () =>
        {
            await broker.KillAsync();
            await broker.StartAsync();
        }),
        ("F6 acknowledgement timed out", () => DelayAcknowledgementsAsync(workers, probe, late)),
        ("F5 channels closed", () => broker.EvalAsync("[exit(Pid, kill) || Pid <- rabbit_channel:list()], ok.")),
    ];

    /// <summary>
    /// Has the broker wait for acknowledgements for a second only, while there are articles that take longer. A channel reads its timeout as
    /// it opens, so all are opened anew before and after.
    /// </summary>
    private async Task DelayAcknowledgementsAsync(WorkerPair workers, QueueProbe probe, List<string> late)
    {
        var before = workers.AckTimeouts;
        await broker.EvalAsync("application:set_env(rabbit,consumer_timeout,1000), application:set_env(rabbit,channel_tick_interval,500).");
        await broker.CloseConnectionsAsync();
        try
        {
            string[] slow = [$"late-{late.Count}", $"late-{late.Count + 1}"];
            late.AddRange(slow);
            await probe.PublishAsync(slow.Select(id => QueueProbe.Article(id, $"Slow. {MarkedAnnotator.Slow(4_000)}")));
            await Wait.UntilAsync(() => workers.AckTimeouts > before, TimeSpan.FromSeconds(60), "an acknowledgement has timed out");
        }
        finally
        {
            await broker.EvalAsync("application:set_env(rabbit,consumer_timeout,1800000), application:set_env(rabbit,channel_tick_interval,60000).");
            await broker.CloseConnectionsAsync();
        }
    }

    /// <summary>Publishes in batches, so that articles arrive all through the faults.</summary>
    private static async Task PublishAsync(QueueProbe probe, string[] ids, int slow, int batches)
    {
        foreach (var batch in ids.Chunk((ids.Length / batches) + 1))
        {
            await probe.PublishAsync(batch.Select(id => QueueProbe.Article(id, $"Slow. {MarkedAnnotator.Slow(slow)}")));
            await Task.Delay(500);
        }
    }

    /// <summary>Two workers that are started again when they end, as a supervisor does.</summary>
    private sealed class WorkerPair(Dictionary<string, string?> settings) : IAsyncDisposable
    {
        private readonly ChildWorker[] workers = new ChildWorker[2];

        public int Deaths { get; private set; }

        public int Stops { get; private set; }

        public List<string> BadExits { get; } = [];

        /// <summary>How often a worker, living or gone, said that the broker had closed its channel over a late acknowledgement.</summary>
        public int AckTimeouts => ended + workers.Sum(CountAckTimeouts);

        private int ended;

        public Task StartAsync()
        {
            for (var index = 0; index < workers.Length; index++)
            {
                workers[index] = ChildWorker.Start(settings);
            }

            return Task.CompletedTask;
        }

        public async Task KillOneAsync(Random random)
        {
            await workers[random.Next(workers.Length)].KillAsync();
            Deaths++;
        }

        public async Task StopOneAsync(Random random)
        {
            var worker = workers[random.Next(workers.Length)];
            await worker.UntilStartedAsync();
            await worker.TerminateAsync();
            Stops++;
            if (worker.ExitCode != 0)
            {
                BadExits.Add($"exit code {worker.ExitCode}: {worker.Errors}");
            }
        }

        public async Task RestartDeadAsync()
        {
            for (var index = 0; index < workers.Length; index++)
            {
                if (workers[index].HasExited)
                {
                    if (workers[index].ExitCode is not (0 or 137))
                    {
                        BadExits.Add($"exit code {workers[index].ExitCode}: {workers[index].Errors}");
                    }

                    ended += CountAckTimeouts(workers[index]);
                    await workers[index].DisposeAsync();
                    workers[index] = ChildWorker.Start(settings);
                }
            }
        }

        /// <summary>A fault that hits no running worker would be none.</summary>
        public Task UntilStartedAsync() => Task.WhenAll(workers.Select(worker => worker.UntilStartedAsync()));

        private static int CountAckTimeouts(ChildWorker worker) => worker.Errors.Split("consumer_timeout").Length - 1;

        public async ValueTask DisposeAsync()
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }
}
