namespace Moderation.Contracts.Messages;

/// <summary>What a message may weigh. Each limit has an error code of its own, and none can be set to "unlimited".</summary>
public sealed record InputLimits
{
    public const int DefaultMaxMessageBytes = 8 * 1024 * 1024;
    public const int DefaultMaxTextLength = 2_000_000;
    public const int DefaultMaxJsonDepth = 64;
    public const int DefaultMaxHtmlNesting = 256;
    public const int DefaultMaxIdLength = 1_024;

    /// <summary>The limits of the queue.</summary>
    public static InputLimits Default { get; } = new();

    /// <summary>The limits of the command line, where somebody chose the file: 256 MiB and 64 million code units.</summary>
    public static InputLimits ForFiles { get; } = new() { MaxMessageBytes = 256 * 1024 * 1024, MaxTextLength = 64_000_000 };

    /// <summary>The most bytes in a body, both as received and after decompression.</summary>
    /// <value>Bytes. Default is 8 MiB; an article of a million characters fits several times over.</value>
    public int MaxMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>The longest text that is annotated, counted after markup is taken away.</summary>
    /// <value>UTF-16 code units. Default is 2,000,000.</value>
    public int MaxTextLength { get; init; } = DefaultMaxTextLength;

    /// <summary>How deep objects and arrays may nest.</summary>
    /// <value>Levels. Default is 64.</value>
    public int MaxJsonDepth { get; init; } = DefaultMaxJsonDepth;

    /// <summary>How deep HTML elements that matter to the text may nest; plain formatting does not count.</summary>
    /// <value>Levels. Default is 256.</value>
    public int MaxHtmlNesting { get; init; } = DefaultMaxHtmlNesting;

    /// <summary>The longest article id.</summary>
    /// <value>UTF-16 code units. Default is 1,024.</value>
    public int MaxIdLength { get; init; } = DefaultMaxIdLength;
}
