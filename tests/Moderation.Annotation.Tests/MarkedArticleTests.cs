using System.Text;
using Moderation.Annotation.Results;
using Moderation.Tests;

namespace Moderation.Annotation.Tests;

/// <summary>
/// Whole articles that the model has not learned from (Fixtures/Articles), with their faults and with words that must not be flagged: quoted,
/// attributed, literal, a trade's idiom, plain fact, honest caveat, page furniture.
/// </summary>
public sealed class MarkedArticleTests(ITestOutputHelper output)
{
    private const string Debatable = "debatable";

    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Moderation.Annotation.Tests", "Fixtures", "Articles");

    [Fact]
    public void Annotate_MarkedArticles_FindsFaultsAndLeavesTheRestAlone()
    {
        var articles = Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(path => MarkedArticle.Parse(Path.GetFileName(path), File.ReadAllLines(path))).ToList();
        int flags = 0, right = 0, faults = 0, found = 0, sameLabel = 0;
        var clean = new SortedDictionary<string, (int All, int Flagged)>(StringComparer.Ordinal);
        var alarms = new StringBuilder();
        foreach (var (article, marks) in articles)
        {
            var result = DefaultEngine.Annotate(article);
            var own = result.Annotations.Where(flag => flag.Speaker is null).ToList();
            flags += own.Count;
            right += own.Count(flag => marks.Any(mark => (mark.Label is not null || mark.Reason == Debatable) && mark.Span.Overlaps(flag.Span)));
            foreach (var mark in marks.Where(mark => mark.Reason != Debatable))
            {
                var over = own.Where(flag => flag.Span.Overlaps(mark.Span)).ToList();
                if (mark.Label is not null)
                {
                    faults++;
                    found += over.Count > 0 ? 1 : 0;
                    sameLabel += over.Exists(flag => flag.Label == mark.Label) ? 1 : 0;
                    continue;
                }

                var (all, flagged) = clean.GetValueOrDefault(mark.Reason);
                clean[mark.Reason] = (all + 1, flagged + (over.Count > 0 ? 1 : 0));
                if (over.Count > 0)
                    alarms.AppendLine($"  {mark.Reason}: “{mark.Span.Of(article.Text)}” under {string.Join("; ", over.Select(flag => DefaultEngine.Show(result, flag)))}");
            }
        }

        var (cleanMarks, violated) = (clean.Values.Sum(c => c.All), clean.Values.Sum(c => c.Flagged));
        var report = $"""
            {articles.Count} articles: {flags} flags, {right} of them right; {found} of {faults} faults found, {sameLabel} under their label.
            Flagged of what must not be: {violated} of {cleanMarks} ({string.Join(", ", clean.Select(c => $"{c.Key} {c.Value.Flagged}/{c.Value.All}"))}).
            {alarms}
            """;
        output.WriteLine(report);

        Assert.True(articles.Count >= 70 && faults >= 500 && cleanMarks >= 900, report);
        Assert.True(right >= 0.73 * flags, report);
        Assert.True(found >= 0.7 * faults, report);
        Assert.True(violated <= 0.12 * cleanMarks, report);
    }

    [Fact]
    public void Articles_AreNotTrainedOn()
    {
        var trained = string.Join('\n', Directory.EnumerateFiles(RepositoryFiles.Articles, "*.txt", SearchOption.AllDirectories).Select(File.ReadAllText));

        var headlines = Directory.EnumerateFiles(Folder, "*.txt").Select(path => MarkedArticle.Parse(path, File.ReadAllLines(path)).Article.Text.Split('\n')[0]);

        Assert.DoesNotContain(headlines, headline => trained.Contains(headline, StringComparison.Ordinal));
    }
}
