using System.Diagnostics.Metrics;
using Moderation.Worker.Pipeline;

namespace Moderation.Worker.Tests.Pipeline;

/// <summary>Dashboards and alarms hang on these names: a change here is a change for whoever runs the worker.</summary>
public sealed class WorkerMetricsTests
{
    [Fact]
    public void Instruments_NamesAndUnits_AreThese()
    {
        var found = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == WorkerMetrics.MeterName)
            {
                found.Add($"{instrument.Name} {instrument.Unit}");
            }
        };
        listener.Start();

        using var metrics = new WorkerMetrics();

        Assert.Equal(
            [
                "moderation.articles.published {article}",
                "moderation.articles.dead_lettered {article}",
                "moderation.articles.retried {article}",
                "moderation.articles.returned {article}",
                "moderation.publish.failures {publish}",
                "moderation.consumer.rebuilds {rebuild}",
                "moderation.model.reloads {reload}",
                "moderation.annotation.duration s",
            ],
            found.Distinct());
    }
}
