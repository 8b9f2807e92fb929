using Moderation.Annotation.Results;
using Moderation.Training.Corpus;

namespace Moderation.Training.Evaluation;

/// <summary>
/// How far two annotators of the same articles agree: the bar that a model can be held to. A span is matched if one of the other's overlaps
/// it; neither annotator is the right one, so the figure is the F1 of the two shares, the same whichever comes first.
/// </summary>
/// <param name="Spans">Any flag over the same words, whatever its label.</param>
/// <param name="SameFamily">A flag of the same family over the same words.</param>
/// <param name="SameLabel">A flag of the same label over the same words.</param>
public sealed record Agreement(int Articles, Agreement.Figure Spans, Agreement.Figure SameFamily, Agreement.Figure SameLabel, IReadOnlyList<Agreement.LabelRow> ByLabel)
{
    /// <summary>Numbers of spans of the first and of the second annotator, and how many of each the other's match.</summary>
    public readonly record struct Figure(int First, int FirstMatched, int Second, int SecondMatched)
    {
        /// <summary>Harmonic mean of the two matched shares, 0..1; NaN where neither annotator flagged anything.</summary>
        public double F1
        {
            get
            {
                if (First + Second == 0)
                    return double.NaN;
                var first = (double)FirstMatched / Math.Max(1, First);
                var second = (double)SecondMatched / Math.Max(1, Second);
                return first + second == 0 ? 0 : 2 * first * second / (first + second);
            }
        }

        public static Figure operator +(Figure a, Figure b) => new(a.First + b.First, a.FirstMatched + b.FirstMatched, a.Second + b.Second, a.SecondMatched + b.SecondMatched);

        public static Figure Add(Figure left, Figure right) => left + right;
    }

    /// <summary>One label: how far the annotators agree that its words carry a fault, and that the fault is this one.</summary>
    public sealed record LabelRow(Label Label, Figure Spans, Figure SameLabel);

    /// <summary>Pairs the articles of a folder of second annotations with their first annotations, by id.</summary>
    /// <param name="settled">Disagreements settled since, which are undone first: what was settled says nothing of how far the two agreed.</param>
    /// <exception cref="CorpusFormatException">A second annotation has no first one, or is of another text.</exception>
    public static Agreement OfFolders(string firstFolder, string secondFolder, IReadOnlyList<SettledLabel> settled)
    {
        var settledOf = settled.ToLookup(one => one.ArticleId, StringComparer.Ordinal);
        var first = CorpusReader.ReadFolder(firstFolder).ToDictionary(article => article.Id, StringComparer.Ordinal);
        var pairs = new List<(LabelledArticle First, LabelledArticle Second)>();
        foreach (var second in CorpusReader.ReadFolder(secondFolder))
        {
            if (!first.TryGetValue(second.Id, out var article))
                throw new CorpusFormatException($"{secondFolder}: the second annotation '{second.Folder}/{second.Id}' has no article of that id in {firstFolder}. Give it the id of the article that it annotates.");
            pairs.Add((SettledLabel.Undo(article, settledOf[article.Id]), second));
        }

        return Of(pairs);
    }

    /// <exception cref="CorpusFormatException">The annotations of an article are of two different texts.</exception>
    public static Agreement Of(IReadOnlyList<(LabelledArticle First, LabelledArticle Second)> pairs)
    {
        foreach (var (first, second) in pairs)
        {
            if (first.Article.Text != second.Article.Text)
                throw new CorpusFormatException($"The two annotations of '{first.Id}' differ in their text, from character {FirstDifference(first.Article.Text, second.Article.Text)} on. Make the second's text the first's.");
        }

        return new Agreement(
            pairs.Count,
            FigureOf(pairs, _ => true, (_, _) => true),
            FigureOf(pairs, _ => true, (mine, other) => mine.Family() == other.Family()),
            FigureOf(pairs, _ => true, (mine, other) => mine == other),
            [.. Labels.All.Select(label => new LabelRow(label, FigureOf(pairs, own => own == label, (_, _) => true), FigureOf(pairs, own => own == label, (mine, other) => mine == other)))]);
    }

    private static Figure FigureOf(IReadOnlyList<(LabelledArticle First, LabelledArticle Second)> pairs, Func<Label, bool> counts, Func<Label, Label, bool> agree)
    {
        var sum = default(Figure);
        foreach (var (first, second) in pairs)
        {
            var (mine, mineMatched) = Matched(first.Spans, second.Spans, counts, agree);
            var (others, othersMatched) = Matched(second.Spans, first.Spans, counts, agree);
            sum += new Figure(mine, mineMatched, others, othersMatched);
        }

        return sum;
    }

    private static (int Spans, int Matched) Matched(IReadOnlyList<GoldSpan> spans, IReadOnlyList<GoldSpan> others, Func<Label, bool> counts, Func<Label, Label, bool> agree)
    {
        var counted = spans.Where(span => counts(span.Label)).ToList();
        return (counted.Count, counted.Count(span => others.Any(other => other.Span.Overlaps(span.Span) && agree(span.Label, other.Label))));
    }

    private static int FirstDifference(string one, string other) => one.AsSpan().CommonPrefixLength(other);
}
