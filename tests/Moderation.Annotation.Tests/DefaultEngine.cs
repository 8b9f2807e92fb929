using System.Text.Json;
using Moderation.Annotation.Detection;
using Moderation.Annotation.Results;
using Moderation.Tests;
using Moderation.Training.Corpus;

namespace Moderation.Annotation.Tests;

/// <summary>The engine with the committed default model, loaded once for all tests, and articles to run it on.</summary>
internal static class DefaultEngine
{
    private static readonly Lazy<byte[]> Bytes = new(() => File.ReadAllBytes(RepositoryFiles.DefaultModel));

    private static readonly Lazy<ModelFile> LazyModel = new(() => ModelFile.FromBytes(Bytes.Value, RepositoryFiles.DefaultModel));

    private static readonly Lazy<Annotator> LazyAnnotator = new(() => With(Profile.Default));

    private static readonly Lazy<IReadOnlyList<LabelledArticle>> LazyArticles = new(() =>
        [.. CorpusReader.ReadFolder(RepositoryFiles.Articles).Where(article => Split.Of(article.Id) == Part.Validation).Select(article => article with { Article = article.Article with { Hints = [] } })]);

    private static readonly Lazy<IReadOnlyList<AnnotatedArticle>> LazyResults = new(() =>
        [.. LazyArticles.Value.AsParallel().AsOrdered().Select(article => Annotate(article.Article))]);

    public static ModelFile Model => LazyModel.Value;

    public static Annotator Annotator => LazyAnnotator.Value;

    /// <summary>The corpus's validation articles as plain text: the model has not learned from them.</summary>
    public static IReadOnlyList<LabelledArticle> Articles => LazyArticles.Value;

    /// <summary>What the engine finds in <see cref="Articles"/>, with sentences, in their order.</summary>
    public static IReadOnlyList<AnnotatedArticle> Results => LazyResults.Value;

    public static Annotator With(string profile, bool allVoices = false) => Annotator.Load(Bytes.Value, RepositoryFiles.DefaultModel, profile, allVoices);

    public static AnnotatedArticle Annotate(string text, string? genre = null, string id = "test") => Annotate(new Article { Id = id, Text = text, Genre = genre });

    /// <param name="engine">The default profile's where it is left out.</param>
    public static AnnotatedArticle Annotate(Article article, Annotator? engine = null, Detail detail = Detail.Sentences) =>
        (engine ?? Annotator).Annotate(article, detail, TestContext.Current.CancellationToken);

    /// <summary>A result as text, for comparing whole results.</summary>
    public static string Json(AnnotatedArticle result) => JsonSerializer.Serialize(result);

    /// <summary>The flag, as a person would point at it.</summary>
    public static string Show(AnnotatedArticle result, Flag flag) =>
        $"{result.Article.Id} {flag.Span.Start}..{flag.Span.End} {flag.Label.Name()} {flag.Confidence:F3} “{flag.Span.Of(result.Article.Text)}”";
}
