using System.Security.Cryptography;
using System.Text.Json;
using Moderation.Broker.Tests.Harness;

namespace Moderation.Broker.Tests.Transports;

public sealed class FileQueueContractTests : TransportContractTests
{
    protected override Task<ITransportBench> OpenAsync() => Task.FromResult<ITransportBench>(new Bench());

    private sealed class Bench : ITransportBench
    {
        private readonly FileQueueFolder folder = new();

        public Dictionary<string, string?> Settings => folder.Settings();

        public Task SendAsync(string name, byte[] body)
        {
            folder.Drop($"{name}.json", body);
            return Task.CompletedTask;
        }

        public Task<int> CountResultsAsync() => Task.FromResult(folder.Results().Count);

        public Task<int> CountDeadAsync() => Task.FromResult(folder.Dead().Count);

        public Task<ILookup<string, string>> TakeResultsAsync() => Task.FromResult(folder.Results().ToLookup(
            file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("data").GetProperty("article").GetProperty("id").GetString()!,
            file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));

        public Task<IReadOnlyList<(string Code, string Reason, int Attempts)>> TakeDeadAsync() => Task.FromResult<IReadOnlyList<(string, string, int)>>(
            [.. folder.Dead().Select(file => JsonDocument.Parse(File.ReadAllBytes($"{file}.reason.json")).RootElement).Select(reason => (reason.GetProperty("error").GetString()!, reason.GetProperty("reason").GetString()!, reason.GetProperty("attempts").GetInt32()))]);

        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
