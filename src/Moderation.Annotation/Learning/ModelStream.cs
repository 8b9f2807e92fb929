using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Moderation.Annotation.Learning;

/// <summary>
/// The frame of a model file: the magic bytes "MODM", the format's version, the SHA-256 of what follows, and that, compressed by Brotli. A file
/// is checked as a whole before anything of it is used.
/// </summary>
internal static class ModelStream
{
    public const int FormatVersion = 1;

    private const int HeaderLength = 4 + 4 + 32;

    private static ReadOnlySpan<byte> Magic => "MODM"u8;

    public static byte[] Write(Action<BinaryWriter> content)
    {
        using var raw = new MemoryStream();
        using (var writer = new BinaryWriter(raw, Encoding.UTF8, leaveOpen: true))
            content(writer);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(raw.GetBuffer().AsSpan(0, (int)raw.Length));

        var file = new byte[HeaderLength + packed.Length];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), FormatVersion);
        packed.GetBuffer().AsSpan(0, (int)packed.Length).CopyTo(file.AsSpan(HeaderLength));
        SHA256.HashData(file.AsSpan(HeaderLength), file.AsSpan(8, 32));
        return file;
    }

    /// <exception cref="ModelFileException">The bytes are not a whole model file of this version.</exception>
    public static T Read<T>(byte[] file, string name, Func<BinaryReader, T> content)
    {
        if (file.Length < HeaderLength || !file.AsSpan(0, 4).SequenceEqual(Magic))
            throw new ModelFileException($"{name} is not a model file ({file.Length} bytes). Build one with 'moderation train', or fetch the project's own.");
        var version = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        if (version != FormatVersion)
            throw new ModelFileException($"{name} has format version {version}; this program reads version {FormatVersion}. Train it anew with this program, or use the program that made it.");
        var stated = Convert.ToHexStringLower(file.AsSpan(8, 32));
        var actual = HashOf(file);
        if (stated != actual)
            throw new ModelFileException($"{name} is damaged: its content has SHA-256 {actual}, its header says {stated}. Copy it again from its source, or train it anew.");
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(file, HeaderLength, file.Length - HeaderLength), CompressionMode.Decompress);
            using var raw = new MemoryStream();
            brotli.CopyTo(raw);
            raw.Position = 0;
            using var reader = new BinaryReader(raw, Encoding.UTF8);
            return content(reader);
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidDataException or FormatException or OverflowException or OutOfMemoryException or IndexOutOfRangeException)
        {
            throw new ModelFileException($"{name} has a good checksum but cannot be read by this program: {e.Message} Train it anew with 'moderation train', or use the program that made it.", e);
        }
    }

    /// <summary>SHA-256 of the content, in lower-case hexadecimal.</summary>
    public static string HashOf(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(HeaderLength)));

    /// <summary>
    /// Writes the rows that are not all zero, each weight as one of 255 steps of its column; of an exact table, which a number of columns under
    /// zero tells, as it is.
    /// </summary>
    public static void WriteTable(BinaryWriter writer, WeightTable table)
    {
        writer.Write(table.Rows);
        writer.Write(table.IsExact ? -table.Columns : table.Columns);
        if (table.IsExact)
            WriteExactRows(writer, table);
        else
            WriteRowsInSteps(writer, table);
        writer.Write7BitEncodedInt(0);
    }

    private static void WriteExactRows(BinaryWriter writer, WeightTable table)
    {
        var previous = -1;
        for (var row = 0; row < table.Rows; row++)
        {
            var weights = table[row];
            if (!weights.ContainsAnyExcept(0f))
                continue;
            writer.Write7BitEncodedInt(row - previous);
            foreach (var weight in weights)
                writer.Write(weight);
            previous = row;
        }
    }

    private static void WriteRowsInSteps(BinaryWriter writer, WeightTable table)
    {
        var steps = new float[table.Columns];
        for (var row = 0; row < table.Rows; row++)
        {
            var weights = table[row];
            for (var c = 0; c < steps.Length; c++)
                steps[c] = Math.Max(steps[c], Math.Abs(weights[c]) / 127);
        }

        foreach (var step in steps)
            writer.Write(step);
        var previous = -1;
        var quantised = new sbyte[table.Columns];
        for (var row = 0; row < table.Rows; row++)
        {
            var weights = table[row];
            var used = false;
            for (var c = 0; c < quantised.Length; c++)
            {
                quantised[c] = steps[c] > 0 ? (sbyte)MathF.Round(weights[c] / steps[c]) : (sbyte)0;
                used |= quantised[c] != 0;
            }

            if (!used)
                continue;
            writer.Write7BitEncodedInt(row - previous);
            foreach (var q in quantised)
                writer.Write(q);
            previous = row;
        }
    }

    public static WeightTable ReadTable(BinaryReader reader)
    {
        var rows = reader.ReadInt32();
        var columns = reader.ReadInt32();
        var isExact = columns < 0;
        columns = columns == int.MinValue ? 0 : Math.Abs(columns);
        if (rows is <= 0 or > 1 << 24 || columns is <= 0 or > 64)
            throw new InvalidDataException($"A table of {rows} rows and {columns} columns.");
        var steps = new float[isExact ? 0 : columns];
        for (var c = 0; c < steps.Length; c++)
            steps[c] = reader.ReadSingle();
        var used = new List<int>();
        var weights = new List<float>();
        Span<byte> quantised = stackalloc byte[columns];
        for (var row = -1; reader.Read7BitEncodedInt() is > 0 and var gap;)
        {
            row += gap;
            if ((uint)row >= (uint)rows)
                throw new InvalidDataException($"Row {row} of {rows}.");
            used.Add(row);
            if (!isExact)
                reader.BaseStream.ReadExactly(quantised);
            for (var c = 0; c < columns; c++)
                weights.Add(isExact ? reader.ReadSingle() : (sbyte)quantised[c] * steps[c]);
        }

        return WeightTable.FromRows(rows, columns, used, CollectionsMarshal.AsSpan(weights), isExact);
    }
}
