using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Moderation.Contracts.Messages;

/// <summary>
/// Reads JSON strings as text that can be written as UTF-8 again: half of a surrogate pair, which only an escape can smuggle in, becomes
/// U+FFFD. One code unit for another, so that no offset moves.
/// </summary>
internal static class JsonText
{
    /// <param name="element">A JSON string out of a document whose bytes are valid UTF-8.</param>
    public static string Read(JsonElement element)
    {
        var quoted = JsonMarshal.GetRawUtf8Value(element);
        var raw = quoted[1..^1];
        return raw.Contains((byte)'\\') ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        // No escape is shorter than what it stands for, in UTF-16 as in UTF-8.
        var buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            var length = 0;
            while (true)
            {
                var plain = raw.IndexOf((byte)'\\');
                length += Encoding.UTF8.GetChars(plain < 0 ? raw : raw[..plain], buffer.AsSpan(length));
                if (plain < 0)
                    break;
                raw = raw[(plain + 1)..];
                buffer[length++] = Escaped(ref raw);
            }

            ReplaceLoneSurrogates(buffer.AsSpan(0, length));
            return new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static char Escaped(ref ReadOnlySpan<byte> raw)
    {
        var kind = raw[0];
        if (kind == 'u')
        {
            var unit = ushort.Parse(raw.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            raw = raw[5..];
            return (char)unit;
        }

        raw = raw[1..];
        return kind switch
        {
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            _ => (char)kind,
        };
    }

    private static void ReplaceLoneSurrogates(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                text[i] = '\uFFFD';
        }
    }
}
