using Moderation.Annotation.Results;

namespace Moderation.Worker.Models;

/// <summary>
/// The engine in use, which can be exchanged for another while articles are in work. Each article is annotated by one engine from
/// beginning to end, and its result names that one.
/// </summary>
/// <param name="load">Makes an engine of the model file as it is now; throws where that cannot be used.</param>
internal sealed class ReloadableAnnotator(Func<IAnnotator> load) : IAnnotator
{
    private volatile IAnnotator current = load();

    public EngineDescription Engine => current.Engine;

    /// <summary>Profiles in use that were calibrated with another model than the one in use.</summary>
    public IReadOnlyList<string> StrangeProfiles => current is OutletAnnotator { Strangers: var strangers } ? strangers : [];

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default) => current.Annotate(article, detail, cancellation);

    /// <summary>Takes the model file as it is now. Where that throws, the engine in use stays.</summary>
    public void Reload() => current = load();
}
