using Moderation.Annotation.Attribution;
using Moderation.Annotation.Text;
using Moderation.Tests;
using Xunit;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>Real articles with the damage that a crawler leaves; they are not part of the repository, and without them the tests are skipped.</summary>
public sealed class SharedArticleTests
{
    private static readonly string[] Files = ["article-000.txt", "article-001.txt", "article-004.txt"];

    [Fact]
    public void Analyse_QuotationWithItsOpeningGluedOn_IsTheSpeakers()
    {
        var (document, discourse) = Read("article-001.txt");
        var close = document.Text.IndexOf(",” she added", StringComparison.Ordinal);
        var glued = discourse.Zones.First(z => z.Kind == ZoneKind.Quote && z.Span.Contains(close));
        var before = discourse.Zones.Last(z => z.Kind == ZoneKind.Quote && z.Span.End <= glued.Span.Start);
        var after = discourse.Zones.First(z => z.Kind == ZoneKind.Quote && z.Span.Start >= glued.Span.End);

        Assert.Equal(before.Span.End, glued.Span.Start);
        Assert.False(glued.Balanced);
        Assert.NotNull(glued.Speaker);
        Assert.Equal(before.Speaker, glued.Speaker);
        Assert.Equal(before.Speaker, after.Speaker);
        for (var i = document.TokenAt(glued.Span.Start); document.Tokens[i].Start < glued.Span.End; i++)
            Assert.Equal(Voice.Quoted, discourse.TokenVoice[i]);
    }

    [Fact]
    public void Analyse_RunOfCapitals_IsPromo()
    {
        var (document, discourse) = Read("article-001.txt");
        var runs = 0;
        for (var i = 0; i + 5 < document.Tokens.Length; i++)
        {
            if (!document.Tokens.AsSpan(i, 5).ToArray().All(t => t.Is(TokenShape.AllCapitals)))
                continue;
            runs++;
            Assert.Contains(discourse.Zones, z => z.Kind == ZoneKind.Promo && z.Span.Contains(document.Tokens[i].Span));
        }

        Assert.NotEqual(0, runs);
    }

    [Theory]
    [InlineData("article-001.txt", "via AP)", ZoneKind.Caption)]
    [InlineData("article-001.txt", "Getty Images)", ZoneKind.Caption)]
    [InlineData("article-001.txt", "Source link", ZoneKind.Boilerplate)]
    [InlineData("article-001.txt", "admin\n", ZoneKind.Byline)]
    [InlineData("article-000.txt", "(@", ZoneKind.EmbeddedPost)]
    [InlineData("article-000.txt", "date 20", ZoneKind.Metadata)]
    [InlineData("article-004.txt", "Comment:", ZoneKind.EditorComment)]
    public void Analyse_Furniture_IsTypedEverywhere(string file, string sign, ZoneKind kind)
    {
        var (document, discourse) = Read(file);
        var found = 0;
        for (var position = document.Text.IndexOf(sign, StringComparison.Ordinal); position >= 0; position = document.Text.IndexOf(sign, position + 1, StringComparison.Ordinal))
        {
            found++;
            Assert.Contains(discourse.Zones, z => z.Kind == kind && z.Span.Contains(position));
        }

        Assert.NotEqual(0, found);
    }

    [Fact]
    public void Analyse_EditorsComment_RunsToItsLinesEnd()
    {
        var (document, discourse) = Read("article-004.txt");

        Assert.All(discourse.Zones.Where(z => z.Kind == ZoneKind.EditorComment), z => Assert.True(z.Span.End == document.Text.Length || document.Text[z.Span.End] is '\n' or '\r'));
    }

    [Fact]
    public void Analyse_EveryArticle_LeavesNoQuotedWordToTheAuthor()
    {
        foreach (var file in Files)
        {
            var (document, discourse) = Read(file);
            var open = false;
            for (var i = 0; i < document.Tokens.Length; i++)
            {
                var mark = document.MarkOf(document.Tokens[i]);
                if (mark is '“' or '”')
                    open = mark == '“';
                else if (open && document.Tokens[i].IsWord)
                    Assert.True(discourse.TokenVoice[i] is Voice.Quoted or Voice.Furniture, $"{file}: {document.TextOf(document.Tokens[i])} at {document.Tokens[i].Start}");
            }
        }
    }

    private static (Document Document, Discourse Discourse) Read(string file)
    {
        var folder = RepositoryFiles.Shared("articles");
        Assert.SkipWhen(folder is null, "The real articles (shared/articles) are not beside this checkout.");
        var document = Document.Read(DiscourseTests.Article(File.ReadAllText(Path.Combine(folder, file))));
        return (document, Discourse.Analyse(document, AttributionFiles.Lexicon));
    }
}
