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
    public Task Run_FaultsAtRandom_ShortLedgerBalances() => BalanceAsync(articles: 1_500, faults: 8, slow: 10);

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
        var publishing = PublishAsync(probe, ids, slow, faults);
        var injected = new List<string>();
        for (var number = 0; number < faults; number++)
        {
            await Task.Delay(random.Next(300, 1_500));
            var (name, fault) = Faults(workers, random)[number < FaultCount ? number : random.Next(FaultCount)];
            injected.Add(name);
            output.WriteLine($"Fault {number}: {name}");
            await fault();
            await workers.RestartDeadAsync();
        }

        await publishing;
        var ledger = new Ledger(probe, ids);
        await ledger.SettleAsync(TimeSpan.FromSeconds(60 + (articles / 50.0)));
        output.WriteLine($"{articles} articles, {injected.Count} faults, {ledger.Duplicates} duplicates, {workers.Deaths} workers died, {workers.Stops} stopped");
        Assert.Equal(faults, injected.Count);
        Assert.True(workers.Deaths > 0 && workers.Stops > 0, "no worker was killed or stopped");
        Assert.Empty(workers.BadExits);
    }

    private const int FaultCount = 8;

    private (string Name, Func<Task> Inject)[] Faults(WorkerPair workers, Random random) =>
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
        ("F5 channels closed", () => broker.EvalAsync("[exit(Pid, kill) || Pid <- rabbit_channel:list()], ok.")),
    ];

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

                    await workers[index].DisposeAsync();
                    workers[index] = ChildWorker.Start(settings);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }
    }
}
