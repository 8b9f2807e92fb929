using System.ComponentModel.DataAnnotations;

namespace Moderation.Worker.Options;

/// <summary>The queue that is three folders.</summary>
public sealed class FileQueueOptions
{
    /// <summary>The folder that holds inbox/, results/ and dead/; made if missing. Must be on one file system that supports locks.</summary>
    /// <value>A path. Default is the current folder.</value>
    [Required]
    public string Root { get; set; } = ".";

    /// <summary>How long a file must have stayed unchanged before it is taken to be complete.</summary>
    /// <value>Default is 500 ms; 0 to 10 minutes. An empty file is given ten times as long.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Settle { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the inbox is looked through when the system sends no notice of a new file.</summary>
    /// <value>Default is 1 second; 10 ms to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a file may have been taken up, its worker having died over it each time but the last, before it is dead-lettered.</summary>
    /// <value>Deliveries, 1 to 100. Default is 5.</value>
    [Range(1, 100)]
    public int MaxDeliveries { get; set; } = 5;

    /// <summary>Files larger than this are dead-lettered unread.</summary>
    /// <value>Bytes. Default is 16 MiB; 1 KiB to 1 GiB.</value>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Whether the worker ends when the inbox is empty.</summary>
    /// <value>Default is false; <c>run --once</c> sets it.</value>
    public bool Once { get; set; }
}
