using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Moderation.Worker.RabbitMq;

/// <summary>
/// Messages whose result was confirmed but whose acknowledgement was not sent, because the channel had closed in between. When one is
/// delivered again it need only be acknowledged. What is forgotten, or was another worker's, is published again with the same event id.
/// </summary>
internal sealed class RecentlyPublished
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<Key, byte> keys = new();
    private readonly ConcurrentQueue<Key> order = new();

    public void Remember(ReadOnlySpan<byte> body)
    {
        var key = KeyOf(body);
        if (!keys.TryAdd(key, 0))
        {
            return;
        }

        order.Enqueue(key);
        while (order.Count > Capacity && order.TryDequeue(out var oldest))
        {
            keys.TryRemove(oldest, out _);
        }
    }

    public bool Contains(ReadOnlySpan<byte> body) => !keys.IsEmpty && keys.ContainsKey(KeyOf(body));

    private static Key KeyOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new Key(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }

    private readonly record struct Key(ulong High, ulong Low);
}
