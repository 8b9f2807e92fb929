using System.Text;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training;

/// <summary>
/// Articles made of plain sentences, with a flagged one here and there. Each takes its paragraphs, and how many sentences each of them has, from a
/// labelled article: were they all of one shape, a model would learn that the shape is innocent, and find nothing in short or oddly laid out
/// articles. Without the flagged sentences it would learn that a single fault in a plain article is none.
/// </summary>
internal static class PlainArticles
{
    /// <summary>Of so many sentences below the headlines one is flagged.</summary>
    private const int FlaggedEvery = 20;

    /// <param name="plain">Those without a closing mark are headlines, one an article as long as there are some; all others get a place below them.</param>
    /// <param name="flagged">As many as have a place among the plain ones are taken from it.</param>
    /// <param name="layouts">Articles whose layout is taken, again and again; each has an assessed sentence.</param>
    public static List<LabelledArticle> Of(IReadOnlyList<LabelledArticle> plain, Queue<LabelledArticle> flagged, IReadOnlyList<PreparedArticle> layouts)
    {
        var headlines = new Queue<LabelledArticle>(Scattered(plain.Where(IsHeadline)));
        var body = new Queue<LabelledArticle>(Mixed([.. plain.Where(sentence => !IsHeadline(sentence))], flagged));
        var layoutsInTurn = layouts.OrderBy(layout => Scatter(layout.Source)).ToArray();
        var articles = new List<LabelledArticle>();
        while (body.Count > 0)
        {
            headlines.TryDequeue(out var headline);
            articles.Add(Fill(ParagraphsOf(layoutsInTurn[articles.Count % layoutsInTurn.Length]), headline, body));
        }

        return articles;
    }

    private static IEnumerable<LabelledArticle> Mixed(IReadOnlyList<LabelledArticle> plain, Queue<LabelledArticle> flagged)
    {
        for (var n = 0; n < plain.Count; n++)
        {
            yield return plain[n];
            if (n % (FlaggedEvery - 1) == FlaggedEvery / 2 && flagged.TryDequeue(out var sentence))
                yield return sentence;
        }
    }

    /// <summary>The layout filled with sentences from the front of the body, at least one; a headline takes the place of its first paragraph.</summary>
    private static LabelledArticle Fill(int[] paragraphs, LabelledArticle? headline, Queue<LabelledArticle> body)
    {
        var first = body.Peek();
        var text = new StringBuilder(headline?.Article.Text);
        var hints = headline is null ? [] : new[] { new StructureHint(ZoneKind.Headline, new TextSpan(0, text.Length)) };
        var spans = new List<GoldSpan>();
        var last = "";
        foreach (var count in headline is null || paragraphs.Length == 1 ? paragraphs : paragraphs[1..])
        {
            for (var k = 0; k < count && body.TryDequeue(out var sentence); k++)
            {
                if (text.Length > 0)
                    text.Append(k == 0 || !EndsSentence(last) ? '\n' : ' ');
                spans.AddRange(sentence.Spans.Select(gold => gold with { Span = new TextSpan(gold.Span.Start + text.Length, gold.Span.End + text.Length) }));
                text.Append(sentence.Article.Text);
                last = sentence.Article.Text;
            }
        }

        return first with { Article = first.Article with { Text = text.ToString(), Hints = hints }, Spans = spans };
    }

    /// <summary>In an order that has nothing to do with where they were written, and is always the same.</summary>
    public static IEnumerable<LabelledArticle> Scattered(IEnumerable<LabelledArticle> articles) => articles.OrderBy(Scatter);

    private static ulong Scatter(LabelledArticle article) => NormalForm.Mix(NormalForm.Hash(article.Id));

    private static bool IsHeadline(LabelledArticle sentence) => !EndsSentence(sentence.Article.Text);

    /// <summary>Whether the line has a closing mark, be there quotation marks or brackets after it.</summary>
    private static bool EndsSentence(ReadOnlySpan<char> line)
    {
        while (line.Length > 1 && CharacterClasses.IsClosing(line[^1]))
            line = line[..^1];
        return CharacterClasses.IsTerminator(line[^1]);
    }

    /// <summary>Whether the article has an assessed sentence.</summary>
    public static bool HasLayout(PreparedArticle article) => ParagraphsOf(article).Length > 0;

    /// <summary>The assessed sentences of each paragraph that has some.</summary>
    private static int[] ParagraphsOf(PreparedArticle article) =>
        [.. article.Analysis.Document.Sentences.Where(sentence => article.Analysis.IsAssessed(sentence)).GroupBy(sentence => sentence.Paragraph).Select(paragraph => paragraph.Count())];
}
