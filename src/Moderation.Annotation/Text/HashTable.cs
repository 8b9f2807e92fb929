using System.Numerics;
using System.Runtime.CompilerServices;

namespace Moderation.Annotation.Text;

/// <summary>
/// A table by 64-bit hashes, made once and read often: open addressing over one byte of each hash, so that most words that are not in it cost
/// one look into a small array. Keys must be hashes already: two things with the same hash are the same thing.
/// </summary>
internal sealed class HashTable<T>
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    // 0 where the place is free, else seven bits of the key and a one.
    private byte[] _marks;
    private Entry[] _entries;
    private int _shift;

    /// <param name="capacity">Number of entries that it will hold at least; more make it grow.</param>
    public HashTable(int capacity = 16)
    {
        (_marks, _entries, _shift) = Room(capacity);
    }

    public int Count { get; private set; }

    /// <summary>Where the key's value stands, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong key)
    {
        var mixed = key * Golden;
        var mark = MarkOf(mixed);
        var marks = _marks;
        for (var place = (int)(mixed >> _shift); ; place = (place + 1) & (marks.Length - 1))
        {
            if (marks[place] == 0)
                return -1;
            if (marks[place] == mark && _entries[place].Key == key)
                return place;
        }
    }

    /// <summary>The value at a place that <see cref="Find"/> gave.</summary>
    private ref T this[int place] => ref _entries[place].Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ulong key, out T value)
    {
        var place = Find(key);
        value = place >= 0 ? this[place] : default!;
        return place >= 0;
    }

    /// <summary>Has what <see cref="TryGet"/> will look at fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong key)
    {
        var place = (int)((key * Golden) >> _shift);
        Prefetch.Of(ref _marks[place]);
        Prefetch.Of(ref _entries[place]);
    }

    /// <summary>The key's value, to be changed in place; the default where the key is new.</summary>
    public ref T GetOrAdd(ulong key, out bool exists)
    {
        var place = Find(key);
        exists = place >= 0;
        if (exists)
            return ref this[place];
        if (2 * (Count + 1) > _entries.Length)
            Grow();
        Count++;
        return ref this[Insert(key)];
    }

    /// <summary>Changes every value.</summary>
    public void Replace(Func<T, T> with)
    {
        for (var place = 0; place < _entries.Length; place++)
        {
            if (_marks[place] != 0)
                this[place] = with(this[place]);
        }
    }

    private static byte MarkOf(ulong mixed) => (byte)((mixed & 0x7F) | 0x80);

    private static (byte[] Marks, Entry[] Entries, int Shift) Room(int capacity)
    {
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, 2 * capacity));
        return (new byte[places], new Entry[places], 64 - BitOperations.Log2((uint)places));
    }

    private int Insert(ulong key)
    {
        var mixed = key * Golden;
        var place = (int)(mixed >> _shift);
        while (_marks[place] != 0)
            place = (place + 1) & (_marks.Length - 1);
        _marks[place] = MarkOf(mixed);
        _entries[place].Key = key;
        return place;
    }

    private void Grow()
    {
        var (marks, entries) = (_marks, _entries);
        (_marks, _entries, _shift) = Room(entries.Length);
        for (var place = 0; place < entries.Length; place++)
        {
            if (marks[place] != 0)
                this[Insert(entries[place].Key)] = entries[place].Value;
        }
    }

    // Side by side, so that finding one brings the other.
    private struct Entry
    {
        public ulong Key;
        public T Value;
    }
}
