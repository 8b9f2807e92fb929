using System.ComponentModel.DataAnnotations;

namespace Moderation.Worker.Options;

/// <summary>Where the worker's metrics and traces are sent. A backend that is away costs data there, never an article here.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The OpenTelemetry collector that takes OTLP over HTTP (protobuf); <c>/v1/metrics</c> and <c>/v1/traces</c> are added to it.</summary>
    /// <value>An address such as <c>http://collector:4318</c>. Default is null: nothing is sent.</value>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How often metrics are sent.</summary>
    /// <value>Default is 30 seconds; 100 ms to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one send may take; also how long a stopping worker tries to send what is left.</summary>
    /// <value>Default is 2 seconds; 100 ms to 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}
