using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Moderation.Contracts.Messages;

namespace Moderation.Worker.Commands;

/// <summary>One thing to annotate.</summary>
/// <param name="Origin">Where it came from, for a person: "council.txt", "standard input, line 3".</param>
/// <param name="Read">Reads it. Costs the parsing, so it runs beside other readings.</param>
internal sealed record AnnotateInput(string Origin, Func<ArticleReadResult> Read);

/// <summary>Turns the command's files and standard input into articles to read: one a file, or one a line.</summary>
internal sealed class AnnotateInputs(Func<Stream> openStandardInput, InputKind kind)
{
    private const int BufferBytes = 64 * 1024;

    public required InputLimits Limits { get; init; }

    /// <summary>Whether the results go out as JSON lines, which settles what an unlabelled JSON input is in doubt.</summary>
    public required bool ExpectsLines { get; init; }

    public async IAsyncEnumerable<AnnotateInput> ReadAsync(IEnumerable<string> paths, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            Stream? stream = null;
            string? problem = null;
            try
            {
                stream = path == "-"
                    ? openStandardInput()
                    : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                problem = exception is FileNotFoundException or DirectoryNotFoundException ? "There is no such file." : Directory.Exists(path) ? "It is a folder: name the files in it." : exception.Message;
            }

            if (stream is null)
            {
                yield return Failed(path, "unreadable", problem ?? "It cannot be read.");
                continue;
            }

            await using (stream)
            {
                await foreach (var input in UntilUnreadable(path, ReadAsync(path, stream, cancellation)))
                    yield return input;
            }
        }
    }

    /// <summary>Ends an input whose reading fails midway with an error in its place, so that the inputs after it are still read.</summary>
    private static async IAsyncEnumerable<AnnotateInput> UntilUnreadable(string path, IAsyncEnumerable<AnnotateInput> inputs)
    {
        await using var each = inputs.GetAsyncEnumerator();
        while (true)
        {
            AnnotateInput input;
            var isLast = false;
            try
            {
                if (!await each.MoveNextAsync())
                    yield break;
                input = each.Current;
            }
            catch (IOException exception)
            {
                input = Failed(path, "unreadable", exception.Message);
                isLast = true;
            }

            yield return input;
            if (isLast)
                yield break;
        }
    }

    private async IAsyncEnumerable<AnnotateInput> ReadAsync(string path, Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = path == "-" ? "standard input" : path;
        var id = path == "-" ? "stdin" : Path.GetFileNameWithoutExtension(path);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        try
        {
            var found = kind != InputKind.Unknown ? kind : path == "-" ? InputKind.Unknown : InputKindSniffer.OfFileName(path);
            if (found == InputKind.Unknown)
                found = await InputKindSniffer.SniffAsync(reader, ExpectsLines, cancellation);
            if (found == InputKind.JsonLines)
            {
                await foreach (var line in ReadLinesAsync(name, reader, cancellation))
                    yield return line;
                yield break;
            }

            var body = await ReadAllAsync(reader, cancellation);
            yield return body is { } document
                ? new(name, () => ArticleReader.ReadDocument(document, InputKindSniffer.MediaType(found, path), id, Limits))
                : Failed(name, InvalidMessageCodes.TooLarge, $"It is over the limit of {Limits.MaxMessageBytes:N0} bytes.");
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>Every line is an article, blank ones too, so that lines out stand against lines in; only blank lines at the end are nothing.</summary>
    private async IAsyncEnumerable<AnnotateInput> ReadLinesAsync(string name, PipeReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0;
        var blanks = 0;
        await foreach (var line in JsonLineReader.ReadAsync(reader, Limits.MaxMessageBytes, cancellation))
        {
            number++;
            if (line is not null && line.AsSpan().TrimStart(" \t\r"u8).IsEmpty)
            {
                blanks++;
                continue;
            }

            for (; blanks > 0; blanks--)
                yield return Failed($"{name}, line {number - blanks}", InvalidMessageCodes.Empty, "The line is blank: send one article as JSON on it.");
            var origin = $"{name}, line {number}";
            yield return line is null
                ? Failed(origin, InvalidMessageCodes.TooLarge, $"The line is over the limit of {Limits.MaxMessageBytes:N0} bytes.")
                : new(origin, () => ArticleReader.Read(line, "application/json", null, Limits));
        }
    }

    private async Task<byte[]?> ReadAllAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.Buffer.Length > Limits.MaxMessageBytes)
                return null;
            if (read.IsCompleted)
                return read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static AnnotateInput Failed(string origin, string code, string reason) =>
        new(origin, () => ArticleReadResult.FromInvalidMessage(new InvalidMessage(code, reason)));
}
