using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Exports;

/// <summary>A run of text with the same flags and the same zone throughout.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Flags">Indices into the article's annotations, outermost first; empty for plain text.</param>
/// <param name="Zone">The innermost zone around it, null for body text.</param>
/// <param name="Ending">The flags of <paramref name="Flags"/> whose last character is here, innermost first.</param>
public sealed record Segment(TextSpan Span, IReadOnlyList<int> Flags, ZoneKind? Zone, IReadOnlyList<int> Ending);

/// <summary>A paragraph: text between line breaks.</summary>
/// <param name="Span">Where it stands, without the line breaks.</param>
/// <param name="Segments">Its runs, in order, without gaps.</param>
/// <param name="Starting">The flags that start in it, by position.</param>
public sealed record Paragraph(TextSpan Span, IReadOnlyList<Segment> Segments, IReadOnlyList<int> Starting);

/// <summary>
/// Cuts an annotated article into paragraphs and runs, so that a view can draw highlights that nest or cross without knowing how.
/// </summary>
public static class HighlightedText
{
    public static IReadOnlyList<Paragraph> Of(AnnotatedArticle result)
    {
        var cuts = Cuts(result);
        var paragraphs = new List<Paragraph>();
        var flags = new ActiveStretches([.. result.Annotations.Select(static annotation => annotation.Span)]);
        var zones = new ActiveStretches([.. result.Zones.Select(static zone => zone.Span)]);
        var nextCut = 0;
        foreach (var paragraph in Paragraphs(result.Article.Text))
        {
            var segments = new List<Segment>();
            var starting = new List<int>();
            var at = paragraph.Start;
            while (at < paragraph.End)
            {
                while (nextCut < cuts.Length && cuts[nextCut] <= at)
                    nextCut++;
                var end = nextCut < cuts.Length ? Math.Min(cuts[nextCut], paragraph.End) : paragraph.End;
                var active = flags.At(at);
                foreach (var flag in active)
                {
                    // A flag may start in the white space before its paragraph; it belongs to the first words that it marks.
                    if (flags.Claim(flag))
                        starting.Add(flag);
                }

                var ending = active.Where(flag => result.Annotations[flag].Span.End == end).Reverse().ToArray();
                var zone = zones.At(at);
                segments.Add(new(new TextSpan(at, end), active, zone.Length == 0 ? null : result.Zones[zone[^1]].Kind, ending));
                at = end;
            }

            paragraphs.Add(new(paragraph, segments, starting));
        }

        return paragraphs;
    }

    private static int[] Cuts(AnnotatedArticle result)
    {
        var cuts = new SortedSet<int>();
        foreach (var span in result.Annotations.Select(static annotation => annotation.Span).Concat(result.Zones.Select(static zone => zone.Span)))
        {
            cuts.Add(span.Start);
            cuts.Add(span.End);
        }

        return [.. cuts];
    }

    private static IEnumerable<TextSpan> Paragraphs(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r');
            end = end < 0 ? text.Length : start + end;
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
                yield return new TextSpan(start, end);
            start = end + 1;
        }
    }

    /// <summary>The stretches around a position, for positions that only move forward.</summary>
    private sealed class ActiveStretches(TextSpan[] spans)
    {
        private readonly int[] _byStart = [.. Enumerable.Range(0, spans.Length).OrderBy(index => spans[index])];
        private readonly HashSet<int> _claimed = [];
        private readonly List<int> _active = [];
        private int _next;

        public int[] At(int position)
        {
            while (_next < _byStart.Length && spans[_byStart[_next]].Start <= position)
                _active.Add(_byStart[_next++]);
            _active.RemoveAll(index => spans[index].End <= position);
            return [.. _active];
        }

        /// <summary>True the first time that it is asked about a stretch.</summary>
        public bool Claim(int index) => _claimed.Add(index);
    }
}
