namespace Moderation.Contracts.Results;

/// <summary>Turns offsets in UTF-16 code units into offsets in code points. Half a surrogate pair standing alone counts as one of each.</summary>
internal readonly struct CodePoints
{
    /// <summary>Where the second halves of surrogate pairs stand, ascending; empty for most texts.</summary>
    private readonly int[] _lowHalves;
    private readonly int _length;

    public CodePoints(string text)
    {
        _length = text.Length;
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDBFF');
        if (first < 0)
        {
            _lowHalves = [];
            return;
        }

        var found = new List<int>();
        for (var i = first; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
                found.Add(++i);
        }

        _lowHalves = [.. found];
    }

    /// <summary>The text's length in code points.</summary>
    public int Count => _length - _lowHalves.Length;

    /// <param name="offset">An offset in code units that does not split a pair.</param>
    public int At(int offset)
    {
        var before = Array.BinarySearch(_lowHalves, offset);
        return offset - (before < 0 ? ~before : before);
    }

    /// <summary>Whether an offset falls between the halves of a pair.</summary>
    public bool Splits(int offset) => Array.BinarySearch(_lowHalves, offset) >= 0;
}
