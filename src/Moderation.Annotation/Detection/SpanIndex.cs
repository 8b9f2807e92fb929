namespace Moderation.Annotation.Detection;

/// <summary>Spans by where they lie, so that those over a stretch are found without a look at all the others of a long text.</summary>
internal sealed class SpanIndex
{
    /// <summary>Each bin takes the spans over so many tokens, as a power of two.</summary>
    private const int BinBits = 5;

    private readonly Dictionary<int, List<SpanCandidate>> _bins = [];

    public static SpanIndex Of(IEnumerable<SpanCandidate> spans)
    {
        var index = new SpanIndex();
        foreach (var span in spans)
            index.Add(span);
        return index;
    }

    public void Add(SpanCandidate span)
    {
        for (var bin = span.FirstToken >> BinBits; bin <= (span.EndToken - 1) >> BinBits; bin++)
        {
            if (!_bins.TryGetValue(bin, out var spans))
                _bins[bin] = spans = [];
            spans.Add(span);
        }
    }

    /// <summary>Whether a span that shares words with this one satisfies the condition.</summary>
    public bool AnyOver(SpanCandidate span, Func<SpanCandidate, bool> condition)
    {
        for (var bin = span.FirstToken >> BinBits; bin <= (span.EndToken - 1) >> BinBits; bin++)
        {
            if (_bins.TryGetValue(bin, out var spans) && spans.Exists(other => other.Overlaps(span) && condition(other)))
                return true;
        }

        return false;
    }
}
