using System.Runtime.InteropServices;

namespace Moderation.Annotation.Detection;

/// <summary>Spans by where they lie, so that those over a stretch are found without a look at all the others of a long text.</summary>
internal sealed class SpanIndex
{
    /// <summary>Each bin takes the spans over so many tokens, as a power of two.</summary>
    private const int BinBits = 5;

    private const int None = -1;

    /// <summary>For each bin the link to its latest span.</summary>
    private readonly int[] _bins;

    private readonly List<Link> _links = [];

    /// <param name="tokens">How many tokens the document has.</param>
    public SpanIndex(int tokens)
    {
        _bins = new int[(tokens >> BinBits) + 1];
        Array.Fill(_bins, None);
    }

    public void Add(SpanCandidate span)
    {
        for (var bin = span.FirstToken >> BinBits; bin <= (span.EndToken - 1) >> BinBits; bin++)
        {
            _links.Add(new Link(span, _bins[bin]));
            _bins[bin] = _links.Count - 1;
        }
    }

    /// <summary>Whether a span that shares words with this one satisfies the condition.</summary>
    public bool AnyOver(SpanCandidate span, Func<SpanCandidate, SpanCandidate, bool> condition)
    {
        var links = CollectionsMarshal.AsSpan(_links);
        for (var bin = span.FirstToken >> BinBits; bin <= (span.EndToken - 1) >> BinBits; bin++)
        {
            for (var link = _bins[bin]; link != None; link = links[link].Next)
            {
                if (links[link].Span.Overlaps(span) && condition(span, links[link].Span))
                    return true;
            }
        }

        return false;
    }

    /// <summary>A span of a bin, and where the bin's next is.</summary>
    private readonly record struct Link(SpanCandidate Span, int Next);
}
