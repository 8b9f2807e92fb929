using Moderation.Annotation.Detection;
using Moderation.Annotation.Text;
using Moderation.Training.Corpus;

namespace Moderation.Training;

/// <summary>
/// A short text cut from an article: a few of its paragraphs, as a brief or a passed-on passage has them. Labelled articles are hardly ever so
/// short, and what is usual in a whole article is not in a text of five sentences.
/// </summary>
internal static class Excerpt
{
    private const int LeastSentences = ByLength<int>.MinSentences;
    private const int Lengths = 8;

    /// <summary>The paragraphs over some sentences in a row, somewhere in the article, always the same; null where that is more than half of the article.</summary>
    public static PreparedArticle? Of(PreparedArticle article, bool impliesWording)
    {
        var scatter = NormalForm.Mix(NormalForm.Hash("excerpt of " + article.Source.Id));
        var wanted = LeastSentences + (int)(scatter % Lengths);
        var document = article.Analysis.Document;
        var sentences = document.Sentences.Where(sentence => article.Analysis.IsAssessed(sentence)).ToArray();
        if (sentences.Length < 2 * wanted)
            return null;
        var start = (int)(scatter / Lengths % (ulong)(sentences.Length - wanted + 1));
        var (first, last) = (sentences[start].Paragraph, sentences[start + wanted - 1].Paragraph);
        if (2 * sentences.Count(sentence => sentence.Paragraph >= first && sentence.Paragraph <= last) > sentences.Length)
            return null;
        var span = new TextSpan(document.Paragraphs[first].Span.Start, document.Paragraphs[last].Span.End);
        return PreparedArticle.PartOf(article, Cut(article.Source, span), impliesWording);
    }

    /// <summary>The text in the span, with the flags and the hints that lie wholly in it.</summary>
    private static LabelledArticle Cut(LabelledArticle source, TextSpan span)
    {
        return source with
        {
            Article = source.Article with
            {
                Id = source.Id + " (excerpt)",
                Text = span.Of(source.Article.Text).ToString(),
                Hints = [.. source.Article.Hints.Where(hint => IsIn(hint.Span)).Select(hint => hint with { Span = Moved(hint.Span) })],
            },
            Spans = [.. source.Spans.Where(gold => IsIn(gold.Span)).Select(gold => gold with { Span = Moved(gold.Span) })],
        };

        bool IsIn(TextSpan part) => part.Start >= span.Start && part.End <= span.End;

        TextSpan Moved(TextSpan part) => new(part.Start - span.Start, part.End - span.Start);
    }
}
