using System.ComponentModel.DataAnnotations;

namespace Moderation.Worker.Options;

/// <summary>How the worker tells others that it works.</summary>
public sealed class HealthOptions
{
    /// <summary>The file that <c>moderation health</c> reads. Empty turns it off.</summary>
    /// <value>A path. Default is <c>.moderation/health.json</c> in the current folder.</value>
    public string File { get; set; } = Path.Combine(".moderation", "health.json");

    /// <summary>How often the file is written. One older than three times that counts as a dead worker's.</summary>
    /// <value>Default is 2 seconds; 100 ms to 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The port of <c>/health/live</c> and <c>/health/ready</c>.</summary>
    /// <value>0 to 65535; 0 turns the endpoint off. Default is 0.</value>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>The address that the endpoint listens on; <c>+</c> for all.</summary>
    /// <value>Default is <c>127.0.0.1</c>.</value>
    [Required]
    public string Host { get; set; } = "127.0.0.1";
}
