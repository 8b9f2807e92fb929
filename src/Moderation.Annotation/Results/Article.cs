using Moderation.Annotation.Text;

namespace Moderation.Annotation.Results;

/// <summary>An article as the engine takes it: its text and what the message said about it.</summary>
public sealed record Article
{
    public required string Id { get; init; }

    /// <summary>The text that is assessed and that every offset refers to. It is never altered.</summary>
    public required string Text { get; init; }

    public string? Version { get; init; }

    public string? Uri { get; init; }

    public string? Outlet { get; init; }

    /// <summary>A BCP 47 tag, or null where the message names none.</summary>
    public string? Language { get; init; }

    public string? Genre { get; init; }

    /// <summary>The headline as the message gives it beside the text: context only, for no offset refers to it.</summary>
    public string? Headline { get; init; }

    public string? Byline { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Stretches of <see cref="Text"/> whose kind the message's own markup states.</summary>
    public IReadOnlyList<StructureHint> Hints { get; init; } = [];
}
