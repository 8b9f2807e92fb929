using Moderation.Annotation.Results;

namespace Moderation.Worker.Models;

/// <summary>Annotates every article under the profile of its outlet; all profiles share one model.</summary>
/// <param name="usual">For articles of other outlets, and of none.</param>
/// <param name="byOutlet">By the outlet's name as messages have it, case not counting.</param>
/// <param name="strangers">Profiles that were calibrated with another model, for a person.</param>
internal sealed class OutletAnnotator(IAnnotator usual, IReadOnlyDictionary<string, IAnnotator> byOutlet, IReadOnlyList<string> strangers) : IAnnotator
{
    /// <summary>The usual engine; a result names the one that made it.</summary>
    public EngineDescription Engine => usual.Engine;

    public IReadOnlyList<string> Strangers { get; } = strangers;

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default) =>
        (article.Outlet is { } outlet && byOutlet.TryGetValue(outlet.Trim(), out var own) ? own : usual).Annotate(article, detail, cancellation);
}
