using System.ComponentModel.DataAnnotations;
using Moderation.Contracts.Messages;

namespace Moderation.Worker.Options;

/// <summary>What a message may weigh. One over a limit is dead-lettered with that limit's own code.</summary>
public sealed class LimitOptions
{
    /// <summary>The most bytes in a body, both as received and after decompression.</summary>
    /// <value>Bytes, 1 KiB to 256 MiB. Default is 8 MiB. A worker may hold as many bodies as its prefetch.</value>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = InputLimits.DefaultMaxMessageBytes;

    /// <summary>The longest text that is annotated, counted after markup is taken away.</summary>
    /// <value>UTF-16 code units, 1,000 to 64,000,000. Default is 2,000,000.</value>
    [Range(1_000, 64_000_000)]
    public int MaxTextLength { get; set; } = InputLimits.DefaultMaxTextLength;

    /// <summary>How deep objects and arrays may nest.</summary>
    /// <value>Levels, 8 to 1,000. Default is 64.</value>
    [Range(8, 1_000)]
    public int MaxJsonDepth { get; set; } = InputLimits.DefaultMaxJsonDepth;

    /// <summary>How deep HTML elements that matter to the text may nest; plain formatting does not count.</summary>
    /// <value>Levels, 16 to 10,000. Default is 256.</value>
    [Range(16, 10_000)]
    public int MaxHtmlNesting { get; set; } = InputLimits.DefaultMaxHtmlNesting;

    /// <summary>The longest article id.</summary>
    /// <value>UTF-16 code units, 16 to 65,536. Default is 1,024.</value>
    [Range(16, 65_536)]
    public int MaxIdLength { get; set; } = InputLimits.DefaultMaxIdLength;

    internal InputLimits ToInputLimits() => new()
    {
        MaxMessageBytes = MaxMessageBytes,
        MaxTextLength = MaxTextLength,
        MaxJsonDepth = MaxJsonDepth,
        MaxHtmlNesting = MaxHtmlNesting,
        MaxIdLength = MaxIdLength,
    };
}
