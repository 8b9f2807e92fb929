namespace Moderation.Annotation.Results;

/// <summary>How much a flag matters: by its label, and by the genre of the piece; never by how sure the model is.</summary>
internal static class Severities
{
    public static Severity Of(Label label, bool opinionPiece) => label switch
    {
        _ when opinionPiece && label.Family() == Family.Editorializing => Severity.Info,
        Label.NameCalling or Label.FearAppeal or Label.NoAttribution or Label.UnsupportedMotive or Label.CommentaryInsertion or Label.GroupAppeal or Label.OpinionAsFact => Severity.Major,
        Label.UnsupportedCausation or Label.PredictionAsFact or Label.DoubtMarker => Severity.Major,
        _ => Severity.Minor,
    };
}
