using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Moderation.Worker.Commands;

/// <summary>Splits a stream into lines, holding no more of it than one line.</summary>
internal static class JsonLineReader
{
    /// <summary>The lines without their ends. A line over <paramref name="maxBytes"/> is null, and its bytes are never held.</summary>
    public static async IAsyncEnumerable<byte[]?> ReadAsync(PipeReader reader, int maxBytes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var overlong = false;
        var searched = 0L;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            while (rest.Slice(searched).PositionOf((byte)'\n') is { } end)
            {
                yield return overlong ? null : Line(rest.Slice(0, end), maxBytes);
                (overlong, searched) = (false, 0);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (read.IsCompleted)
            {
                if (overlong || !rest.IsEmpty)
                    yield return overlong ? null : Line(rest, maxBytes);
                yield break;
            }

            if (rest.Length > maxBytes)
            {
                overlong = true;
                rest = rest.Slice(rest.End);
            }

            searched = rest.Length;
            reader.AdvanceTo(rest.Start, read.Buffer.End);
        }
    }

    private static byte[]? Line(ReadOnlySequence<byte> bytes, int maxBytes)
    {
        if (bytes.Length > maxBytes)
            return null;
        var line = bytes.ToArray();
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }
}
