using System.Runtime.CompilerServices;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Learning;

/// <summary>
/// Remembers what was worked out for the commonest of many keys; of fixed size. A newcomer takes the place of an older key, so that what is
/// returned is to be used before the next call. For one thread at a time.
/// </summary>
internal sealed class WeightCache<T>
    where T : struct
{
    /// <summary>Entries kept. A newspaper's text has some 20,000 words, as they are written and marked, that come again.</summary>
    public const int Size = 1 << 15;

    // The last entry is for keys that are not to be kept.
    private readonly ulong[] _keys = new ulong[Size];
    private readonly T[] _values = new T[Size + 1];

    /// <summary>Has what <see cref="Find"/> will look at fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong key)
    {
        var place = (int)(key >> 32) & (Size - 1);
        Prefetch.Of(ref _keys[place]);
        Prefetch.Of(ref _values[place]);
    }

    /// <summary>The key's entry; where it is new, an entry to be filled in.</summary>
    /// <param name="key">0 for what is not to be remembered.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Find(ulong key, out bool isKnown)
    {
        // Two places for every key, side by side.
        var place = (int)(key >> 32) & (Size - 1);
        if (key == 0)
            place = Size;
        else if (_keys[place] == key || _keys[place ^= 1] == key)
        {
            isKnown = true;
            return ref _values[place];
        }
        else
        {
            // The second place is tried last: newcomers go to the first, and push what is there into the second.
            _keys[place] = _keys[place ^ 1];
            _values[place] = _values[place ^ 1];
            _keys[place ^= 1] = key;
        }

        isKnown = false;
        return ref _values[place];
    }
}
