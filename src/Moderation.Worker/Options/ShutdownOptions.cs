using System.ComponentModel.DataAnnotations;

namespace Moderation.Worker.Options;

/// <summary>The time budgets of stopping. Each must be shorter than the next, or articles in work would be cut off.</summary>
public sealed class ShutdownOptions
{
    /// <summary>How long articles in work are given to finish. What is not done then goes back to the queue.</summary>
    /// <value>Default is 20 seconds; 0 to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the whole process is given to stop.</summary>
    /// <value>Default is 30 seconds; 100 ms to 2 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "02:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When the supervisor kills the process: systemd's TimeoutStopSec, Kubernetes' terminationGracePeriodSeconds, Compose's stop_grace_period.</summary>
    /// <value>Default is 45 seconds; 100 ms to 3 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "03:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(45);
}
