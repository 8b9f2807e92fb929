using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// The one rule among the learned detectors: an editor's note broken into somebody else's report is commentary as a whole, and gets one flag
/// over all its sentences. Faults of its own inside it are flagged by the learned detectors.
/// </summary>
internal static class EditorsNotes
{
    public const string RuleName = "editor's note inside a report";

    /// <summary>Share of the training articles' editor's notes that annotators flagged as commentary (80 of 86); the others corrected or explained.</summary>
    public const double Probability = 0.93;

    /// <summary>Words at a note's start that say it corrects or explains, and is no comment.</summary>
    private static readonly HashSet<ulong> Harmless = [.. new[] { "correction", "clarification", "corrected", "update", "updated" }.Select(word => NormalForm.Hash(word))];

    public static IEnumerable<SpanCandidate> Find(Analysis analysis, IReadOnlyList<SentenceReading> readings)
    {
        foreach (var zone in analysis.Discourse.Zones)
        {
            if (zone.Kind != ZoneKind.EditorComment)
                continue;
            var first = analysis.Document.TokenAt(zone.Span.Start);
            var end = first;
            while (end < analysis.Document.Tokens.Length && analysis.Document.Tokens[end].End <= zone.Span.End)
                end++;
            var reading = FirstReadingIn(analysis, readings, first, end);
            if (reading < 0 || IsHarmless(analysis, first, end))
                continue;
            yield return new SpanCandidate
            {
                Layer = SpanLayer.Statement, Sentence = readings[reading].Index, Reading = reading, FirstToken = first, EndToken = end,
                Begin = 1, Extent = 1, ShortText = false, IsRule = true,
                Label = Label.CommentaryInsertion, Probability = Probability, Logit = Learning.Logistic.Logit(Probability),
            };
        }
    }

    private static int FirstReadingIn(Analysis analysis, IReadOnlyList<SentenceReading> readings, int first, int end)
    {
        int low = 0, high = readings.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (analysis.Document.Sentences[readings[middle].Index].EndToken > first)
                high = middle;
            else
                low = middle + 1;
        }

        return low < readings.Count && analysis.Document.Sentences[readings[low].Index].FirstToken < end ? low : -1;
    }

    private static bool IsHarmless(Analysis analysis, int first, int end)
    {
        for (var i = first; i < Math.Min(end, first + 3); i++)
        {
            if (Harmless.Contains(analysis.Document.Tokens[i].Hash))
                return true;
        }

        return false;
    }
}
