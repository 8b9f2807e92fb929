using System.Globalization;
using Moderation.Broker.Tests.Broker;
using Moderation.Broker.Tests.Harness;

namespace Moderation.Broker.Tests.Transports;

[Collection(BrokerCollection.Name)]
public sealed class RabbitMqContractTests(PrivateBroker broker) : TransportContractTests
{
    protected override Task<ITransportBench> OpenAsync()
    {
        PrivateBroker.SkipIfNotInstalled();
        return Task.FromResult<ITransportBench>(new Bench(new QueueProbe(broker)));
    }

    private sealed class Bench(QueueProbe probe) : ITransportBench
    {
        public Dictionary<string, string?> Settings { get; } = probe.Settings();

        public Task SendAsync(string name, byte[] body) => probe.PublishAsync(body);

        public Task<int> CountResultsAsync() => probe.CountAsync(probe.ResultsQueue);

        public Task<int> CountDeadAsync() => probe.CountAsync(probe.DeadQueue);

        public async Task<ILookup<string, string>> TakeResultsAsync() => (await probe.TakeResultsAsync()).ToLookup(result => result.ArticleId, result => result.BodyHash);

        public async Task<IReadOnlyList<(string Code, string Reason, int Attempts)>> TakeDeadAsync() =>
            [.. (await probe.TakeDeadAsync()).Select(letter => (letter.Headers["x-moderation-error"], letter.Headers["x-moderation-reason"], int.Parse(letter.Headers["x-moderation-attempts"], CultureInfo.InvariantCulture)))];

        public ValueTask DisposeAsync() => probe.DisposeAsync();
    }
}
