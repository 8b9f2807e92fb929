using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Results;

/// <summary>How the contract writes what the engine holds as enums. Consumers match on these: add, never rename.</summary>
public static class ContractNames
{
    private static readonly string[] ZoneKinds =
        ["headline", "quote", "partial-quote", "embedded-post", "caption", "promo", "byline", "boilerplate", "editor-comment", "metadata"];

    private static readonly string[] SourceKinds = ["named", "organisation", "document", "data", "anonymous", "vague", "none"];

    private static readonly string[] Tiers = ["suggest", "confirm"];

    private static readonly string[] Severities = ["info", "minor", "major"];

    private static readonly string[] Dispositions = ["clear", "review", "priority"];

    public static string Of(ZoneKind kind) => ZoneKinds[(int)kind];

    public static string Of(SourceKind kind) => SourceKinds[(int)kind];

    public static string Of(Tier tier) => Tiers[(int)tier];

    public static string Of(Severity severity) => Severities[(int)severity];

    public static string Of(Disposition disposition) => Dispositions[(int)disposition];
}
