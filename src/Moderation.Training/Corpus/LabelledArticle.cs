using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Training.Corpus;

/// <summary>A span that an annotator flagged.</summary>
public readonly record struct GoldSpan(TextSpan Span, Label Label);

/// <summary>An article of the training data with its flags.</summary>
/// <param name="Folder">Name of the folder that it lies in: its subject.</param>
public sealed record LabelledArticle(Article Article, IReadOnlyList<GoldSpan> Spans, string Folder, string Style)
{
    public string Id => Article.Id;
}
