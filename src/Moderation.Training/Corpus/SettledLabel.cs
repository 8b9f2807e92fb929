using Moderation.Annotation.Results;

namespace Moderation.Training.Corpus;

/// <summary>A disagreement of two annotators over the label of some words, and how a third reading by the guidelines settled it.</summary>
/// <param name="Words">The words as the first annotator marked them; they stand once in the article.</param>
/// <param name="First">The first annotator's label.</param>
/// <param name="Second">The second's, over the same or overlapping words: one or more.</param>
/// <param name="Settled">The label that the article carries since.</param>
/// <param name="Reason">What in the guidelines decided.</param>
public sealed record SettledLabel(string ArticleId, string Words, Label First, IReadOnlyList<Label> Second, Label Settled, string Reason)
{
    private const string Heading = "article\twords\tfirst\tsecond\tsettled\treason";

    /// <summary>Reads a tab-separated file of them.</summary>
    /// <exception cref="CorpusFormatException">A line breaks the format.</exception>
    public static IReadOnlyList<SettledLabel> Read(string path)
    {
        var settled = new List<SettledLabel>();
        var lines = File.ReadAllLines(path);
        if (lines is not [Heading, ..])
            throw new CorpusFormatException($"{path}:1: the heading must be '{Heading.Replace("\t", "', '", StringComparison.Ordinal)}', with tabs between.");
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
                continue;
            var fields = lines[i].Split('\t');
            if (fields.Length != 6 || fields.Any(string.IsNullOrWhiteSpace))
                throw new CorpusFormatException($"{path}:{i + 1}: a settled disagreement has six fields (article, words, first, second, settled, reason), none of them empty.");
            settled.Add(new SettledLabel(fields[0], fields[1], LabelIn(fields[2]), [.. fields[3].Split(',').Select(LabelIn)], LabelIn(fields[4]), fields[5]));

            Label LabelIn(string name) => Labels.TryParse(name, out var label) ? label : throw new CorpusFormatException($"{path}:{i + 1}: '{name}' is not a label.");
        }

        return settled;
    }

    /// <summary>The article as its first annotator had it, so that agreement is measured between two people who had not seen each other's flags.</summary>
    /// <exception cref="CorpusFormatException">The article does not carry a settled label over the words.</exception>
    public static LabelledArticle Undo(LabelledArticle article, IEnumerable<SettledLabel> settled)
    {
        var spans = article.Spans.ToArray();
        foreach (var one in settled)
        {
            var at = Array.FindIndex(spans, span => span.Label == one.Settled && span.Span.Of(article.Article.Text).SequenceEqual(one.Words));
            if (at < 0)
                throw new CorpusFormatException($"The article '{article.Id}' does not carry the settled label {one.Settled.Name()} over “{one.Words}”: give it that label, or take the line out of the settled ones.");
            spans[at] = spans[at] with { Label = one.First };
        }

        return article with { Spans = spans };
    }
}
