using System.ComponentModel.DataAnnotations;

namespace Moderation.Worker.Options;

/// <summary>How articles are worked on, whichever way they came in.</summary>
public sealed class ProcessingOptions
{
    /// <summary>How many articles are annotated at the same time.</summary>
    /// <value>Articles, 0 to 256; 0 means one for each processor. Default is 0.</value>
    [Range(0, 256)]
    public int Concurrency { get; set; }

    /// <summary>How long one article may take. An article that takes longer is tried again, then set aside.</summary>
    /// <value>Default is 10 seconds; 10 ms to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an article that failed for a passing reason is tried again before it is dead-lettered.</summary>
    /// <value>Retries after the first attempt, 0 to 10. Default is 3.</value>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>The delay before the first retry. Each wait is shortened at random by up to half.</summary>
    /// <value>Default is 2 seconds; 10 ms to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>By how much each delay is longer than the one before.</summary>
    /// <value>A factor, 1 to 10. Default is 4: 2 s, 8 s, 32 s.</value>
    [Range(1.0, 10.0)]
    public double RetryBackoff { get; set; } = 4;

    /// <summary>How many annotations that ignore their timeout are put up with before the worker gives up with exit code 1.</summary>
    /// <value>Annotations still running when abandoned, 1 to 1000. Default is 8. Each holds a thread until the process ends.</value>
    [Range(1, 1000)]
    public int MaxAbandoned { get; set; } = 8;

    internal int EffectiveConcurrency => Concurrency == 0 ? Environment.ProcessorCount : Concurrency;

    /// <summary>The longest delay before the given retry, counted from 1.</summary>
    internal TimeSpan DelayBefore(int retry) => RetryDelay * Math.Pow(RetryBackoff, retry - 1);

    /// <summary>The delay before the given retry, shortened at random so that what failed together does not come back together.</summary>
    internal TimeSpan JitteredDelayBefore(int retry) => DelayBefore(retry) * (0.5 + (Random.Shared.NextDouble() / 2));
}
