using System.Diagnostics.Metrics;

namespace Moderation.Worker.Pipeline;

/// <summary>What the worker counts. The names are part of what operators rely on.</summary>
public sealed class WorkerMetrics : IDisposable
{
    public const string MeterName = "Moderation.Worker";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> published;
    private readonly Counter<long> deadLettered;
    private readonly Counter<long> retried;
    private readonly Counter<long> returned;
    private readonly Counter<long> publishFailures;
    private readonly Counter<long> rebuilds;
    private readonly Counter<long> reloads;
    private readonly Histogram<double> annotationTime;
    private long publishedTotal;
    private long deadTotal;
    private long retriedTotal;

    public WorkerMetrics()
    {
        published = meter.CreateCounter<long>("moderation.articles.published", "{article}", "Results confirmed by the queue.");
        deadLettered = meter.CreateCounter<long>("moderation.articles.dead_lettered", "{article}", "Messages set aside with a reason.");
        retried = meter.CreateCounter<long>("moderation.articles.retried", "{article}", "Messages put off for a later attempt.");
        returned = meter.CreateCounter<long>("moderation.articles.returned", "{article}", "Messages handed back unsettled.");
        publishFailures = meter.CreateCounter<long>("moderation.publish.failures", "{publish}", "Publishes that were not confirmed.");
        rebuilds = meter.CreateCounter<long>("moderation.consumer.rebuilds", "{rebuild}", "Consumers rebuilt after a fault.");
        reloads = meter.CreateCounter<long>("moderation.model.reloads", "{reload}", "Models taken or refused while running.");
        annotationTime = meter.CreateHistogram<double>("moderation.annotation.duration", "s", "From an article message read to its result written or its failure.");
    }

    public long PublishedTotal => Interlocked.Read(ref publishedTotal);

    public long DeadTotal => Interlocked.Read(ref deadTotal);

    public long RetriedTotal => Interlocked.Read(ref retriedTotal);

    public void Published()
    {
        Interlocked.Increment(ref publishedTotal);
        published.Add(1);
    }

    public void DeadLettered(string code)
    {
        Interlocked.Increment(ref deadTotal);
        deadLettered.Add(1, new KeyValuePair<string, object?>("code", code));
    }

    public void Retried(string code)
    {
        Interlocked.Increment(ref retriedTotal);
        retried.Add(1, new KeyValuePair<string, object?>("code", code));
    }

    public void Returned() => returned.Add(1);

    public void PublishFailed(string outcome) => publishFailures.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Rebuilt(string signal) => rebuilds.Add(1, new KeyValuePair<string, object?>("signal", signal));

    public void Reloaded(bool taken) => reloads.Add(1, new KeyValuePair<string, object?>("outcome", taken ? "taken" : "refused"));

    public void Annotated(TimeSpan took, string outcome) => annotationTime.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => meter.Dispose();
}
