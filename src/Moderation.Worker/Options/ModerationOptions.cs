using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Moderation.Worker.Commands;

namespace Moderation.Worker.Options;

/// <summary>Where articles come from and results go.</summary>
public enum TransportKind
{
    /// <summary>Folders: inbox/, results/, dead/. Nothing else to install.</summary>
    File,
    RabbitMq,
}

/// <summary>
/// The worker's settings: section <c>Moderation</c> of appsettings.json, <c>Moderation__*</c> in the environment, or arguments.
/// </summary>
public sealed class ModerationOptions
{
    public const string Section = "Moderation";

    /// <summary>Where articles come from and results go.</summary>
    /// <value>Default is <see cref="TransportKind.File"/>.</value>
    public TransportKind Transport { get; set; } = TransportKind.File;

    /// <summary>The trained model's file.</summary>
    /// <value>A path. Default is null: the model in <c>models/</c> that came with the program.</value>
    public string? Model { get; set; }

    /// <summary>Which thresholds decide what is flagged.</summary>
    /// <value>A profile's name, or a file that <c>moderation calibrate</c> wrote, which ends in .json. Default is <c>news</c>.</value>
    [Required]
    public string Profile { get; set; } = AnnotateCommand.DefaultProfile;

    /// <summary>Outlets whose articles have thresholds of their own, by the outlet's name as messages have it, case not counting.</summary>
    /// <value>Profiles, named as <see cref="Profile"/> is. Default is none: every outlet has <see cref="Profile"/>.</value>
    public Dictionary<string, string> OutletProfiles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether results list every sentence with its scores.</summary>
    /// <value>Default is false.</value>
    public bool Sentences { get; set; }

    [ValidateObjectMembers]
    public LimitOptions Limits { get; set; } = new();

    [ValidateObjectMembers]
    public ProcessingOptions Processing { get; set; } = new();

    [ValidateObjectMembers]
    public FileQueueOptions File { get; set; } = new();

    [ValidateObjectMembers]
    public RabbitMqOptions RabbitMq { get; set; } = new();

    [ValidateObjectMembers]
    public ShutdownOptions Shutdown { get; set; } = new();

    [ValidateObjectMembers]
    public HealthOptions Health { get; set; } = new();

    [ValidateObjectMembers]
    public TelemetryOptions Telemetry { get; set; } = new();
}
