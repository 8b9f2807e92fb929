namespace Moderation.Annotation.Attribution;

/// <summary>Whose words a token is.</summary>
public enum Voice : byte
{
    /// <summary>The writer's, also inside an attributed sentence: the cue, the label on the speaker, insertions.</summary>
    Author,

    /// <summary>A speaker's, between quotation marks or in an embedded post.</summary>
    Quoted,

    /// <summary>A speaker's statement or belief in the writer's wording.</summary>
    Indirect,

    /// <summary>Captions, promos, bylines: nobody's report.</summary>
    Furniture,

    /// <summary>An editor's comment in somebody else's report.</summary>
    Comment,
}
