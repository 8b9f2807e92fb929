using Moderation.Annotation.Results;

namespace Moderation.Worker.Models;

/// <summary>
/// The engine in use, which can be exchanged for another while articles are in work. Each article is annotated by one engine from
/// beginning to end, and its result names that one.
/// </summary>
/// <param name="load">Makes an engine of the model file as it is now; throws where that cannot be used.</param>
internal sealed class ReloadableAnnotator(Func<IAnnotator> load) : IAnnotator
{
    /// <summary>Has a bit of everything: a claim, a quotation, an attribution, a charged word.</summary>
    private static readonly Article Trial = new() { Id = "trial", Text = "The mayor slammed the audit on Monday.\n“It is wrong,” she said. The council has lost two million euros." };

    private volatile IAnnotator current = LoadAndTry(load);

    public EngineDescription Engine => current.Engine;

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default) => current.Annotate(article, detail, cancellation);

    /// <summary>Takes the model file as it is now. Where that throws, the engine in use stays.</summary>
    public void Reload() => current = LoadAndTry(load);

    /// <summary>A file can be whole and still be of no use: an engine that cannot annotate is not taken.</summary>
    private static IAnnotator LoadAndTry(Func<IAnnotator> load)
    {
        var engine = load();
        engine.Annotate(Trial);
        return engine;
    }
}
