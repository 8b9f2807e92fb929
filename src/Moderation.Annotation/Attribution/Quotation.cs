namespace Moderation.Annotation.Attribution;

/// <summary>What words in quotation marks are.</summary>
internal enum QuotationKind : byte
{
    /// <summary>Speech: whole clauses or sentences of somebody.</summary>
    Speech,

    /// <summary>Some words of somebody inside the writer's sentence.</summary>
    Partial,

    /// <summary>A title, a nickname, a word held at arm's length: nobody's speech.</summary>
    Mention,
}

/// <summary>A stretch in quotation marks; token indices, ends exclusive. Marks nested inside it are part of it.</summary>
/// <param name="First">The first token, the opening mark where there is one.</param>
/// <param name="End">After the last token, the closing mark where there is one.</param>
/// <param name="InnerFirst">The first token between the marks.</param>
/// <param name="InnerEnd">After the last token between the marks.</param>
/// <param name="Balanced">Both marks were found. A speech that goes on in the next paragraph needs no closing mark.</param>
/// <param name="Single">In single marks.</param>
internal readonly record struct Quotation(int First, int End, int InnerFirst, int InnerEnd, bool Balanced, bool Single)
{
    public int Length => InnerEnd - InnerFirst;
}
