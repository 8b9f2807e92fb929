using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Moderation.Worker.Pipeline;

namespace Moderation.Broker.Tests.Harness;

/// <summary>What one worker's counters came to, as any collector would see them.</summary>
internal sealed class CountedMetrics : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = new();

    /// <summary>Counts all workers of this process from now on: one test, one worker.</summary>
    public CountedMetrics()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == WorkerMetrics.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var tag = tags.Length > 0 ? $"{{{tags[0].Value}}}" : "";
            counts.AddOrUpdate(instrument.Name + tag, value, (_, before) => before + value);
        });
        listener.Start();
    }

    /// <summary>The counter's sum.</summary>
    /// <param name="name">The instrument, with its first tag's value in braces where it has one.</param>
    public long this[string name] => counts.GetValueOrDefault(name);

    public void Dispose() => listener.Dispose();
}
