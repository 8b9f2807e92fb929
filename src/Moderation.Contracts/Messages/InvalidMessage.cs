namespace Moderation.Contracts.Messages;

/// <summary>Why a message cannot be annotated, now or ever: it belongs in the dead letters.</summary>
/// <param name="Code">One of <see cref="InvalidMessageCodes"/>: stable, for programs.</param>
/// <param name="Reason">A sentence for a person: what is wrong and what to do. Carries no article text.</param>
public sealed record InvalidMessage(string Code, string Reason);

/// <summary>The codes of <see cref="InvalidMessage"/>. Other people's alerts match on them: add, never rename.</summary>
public static class InvalidMessageCodes
{
    /// <summary>The body has no bytes.</summary>
    public const string Empty = "empty";

    /// <summary>The body, as received or decompressed, is over <see cref="InputLimits.MaxMessageBytes"/>.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The body is compressed and the message does not say so.</summary>
    public const string Compressed = "compressed";

    /// <summary>The content encoding is not one that the reader knows.</summary>
    public const string UnsupportedEncoding = "unsupported-encoding";

    /// <summary>The body says that it is gzip and is not, or is cut short.</summary>
    public const string BadGzip = "bad-gzip";

    /// <summary>The body is not UTF-8.</summary>
    public const string BadUtf8 = "bad-utf8";

    /// <summary>The body is not JSON.</summary>
    public const string BadJson = "bad-json";

    /// <summary>Objects and arrays nest deeper than <see cref="InputLimits.MaxJsonDepth"/>.</summary>
    public const string TooDeep = "too-deep";

    /// <summary>HTML elements nest deeper than <see cref="InputLimits.MaxHtmlNesting"/>.</summary>
    public const string HtmlTooDeep = "html-too-deep";

    /// <summary>The CloudEvents envelope is of a version or mode that the reader does not know, or has no data.</summary>
    public const string BadEnvelope = "bad-envelope";

    /// <summary>A field has a JSON type other than the contract's.</summary>
    public const string WrongType = "wrong-type";

    /// <summary>JSON-LD without any article in it.</summary>
    public const string NotAnArticle = "not-an-article";

    /// <summary>The article has no id, or a blank one.</summary>
    public const string NoId = "no-id";

    /// <summary>The id is over <see cref="InputLimits.MaxIdLength"/>.</summary>
    public const string IdTooLong = "id-too-long";

    /// <summary>The article has no text, or only white space.</summary>
    public const string NoText = "no-text";

    /// <summary>The text is over <see cref="InputLimits.MaxTextLength"/>.</summary>
    public const string TextTooLong = "text-too-long";
}
