using System.Collections.Concurrent;
using Moderation.Annotation.Results;
using Moderation.TestWorker;
using Polly;
using Polly.Simmy;
using Polly.Simmy.Fault;
using Polly.Simmy.Latency;

namespace Moderation.Broker.Tests.Harness;

/// <summary>
/// An engine under Polly's chaos strategies: it throws, or takes longer than it may, at random, but never as often for one article that
/// its retries are used up.
/// </summary>
internal sealed class ChaosAnnotator : IAnnotator
{
    private static readonly ResiliencePropertyKey<int> Attempt = new("attempt");

    private readonly ConcurrentDictionary<string, int> attempts = new();
    private readonly MarkedAnnotator inner;
    private readonly ResiliencePipeline pipeline;
    private int faults;
    private int latencies;

    /// <param name="retries">How often an article is tried again.</param>
    /// <param name="tooLong">Longer than the worker's timeout.</param>
    public ChaosAnnotator(MarkedAnnotator inner, int retries, TimeSpan tooLong)
    {
        this.inner = inner;
        pipeline = new ResiliencePipelineBuilder()
            .AddChaosFault(new ChaosFaultStrategyOptions
            {
                InjectionRate = 0.4,
                EnabledGenerator = arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(Attempt, 0) < retries),
                FaultGenerator = new FaultGenerator().AddException<InvalidOperationException>().AddException<IOException>().AddException<TimeoutException>(),
                OnFaultInjected = _ =>
                {
                    Interlocked.Increment(ref faults);
                    return ValueTask.CompletedTask;
                },
            })
            .AddChaosLatency(new ChaosLatencyStrategyOptions
            {
                InjectionRate = 0.05,
                EnabledGenerator = arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(Attempt, 0) < retries),
                // Counted as it begins: one that is cut off by the timeout is never reported as injected.
                LatencyGenerator = _ =>
                {
                    Interlocked.Increment(ref latencies);
                    return ValueTask.FromResult(tooLong);
                },
            })
            .Build();
    }

    public int Faults => Volatile.Read(ref faults);

    public int Latencies => Volatile.Read(ref latencies);

    public EngineDescription Engine => inner.Engine;

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default)
    {
        var attempt = attempts.AddOrUpdate(article.Id, 1, (_, before) => before + 1);
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Attempt, attempt - 1);
        try
        {
            return pipeline.Execute(under => inner.Annotate(article, detail, under.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
