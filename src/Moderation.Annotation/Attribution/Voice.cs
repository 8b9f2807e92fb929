namespace Moderation.Annotation.Attribution;

/// <summary>Whose words a token is.</summary>
public enum Voice : byte
{
    /// <summary>The writer's own.</summary>
    Author,

    /// <summary>A speaker's, between quotation marks or in an embedded post.</summary>
    Quoted,

    /// <summary>The writer's words for what somebody else said or thinks.</summary>
    Indirect,

    /// <summary>Page furniture: captions, promo lines, bylines.</summary>
    Furniture,

    /// <summary>An editor's comment broken into somebody else's report.</summary>
    Comment,
}
