namespace Moderation.Annotation.Results;

/// <summary>Annotates articles. Safe for use from many threads; the same article always gives the same result.</summary>
public interface IAnnotator
{
    EngineDescription Engine { get; }

    /// <exception cref="OperationCanceledException">The caller gave up; nothing was produced.</exception>
    AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default);
}
