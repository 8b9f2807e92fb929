using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Contracts.Exports;
using Moderation.Contracts.Messages;
using Moderation.Contracts.Results;

namespace Moderation.Worker.Commands;

/// <summary>One way of writing annotated articles. Articles and errors are rendered on any thread; start, separators and end on one.</summary>
internal abstract class AnnotateFormat
{
    public static AnnotateFormat Of(string name, TerminalStyle terminal) => name switch
    {
        "json" => new IndentedJson(),
        "jsonl" => new JsonLines(),
        "html" => new Html(),
        _ => new Text(terminal),
    };

    /// <summary>Whether the output itself tells of failed inputs; otherwise they are reported on standard error.</summary>
    public virtual bool ShowsErrors => true;

    public virtual void WriteStart(IBufferWriter<byte> output)
    {
    }

    /// <summary>What comes before the <paramref name="number"/>-th article or error.</summary>
    public virtual void WriteSeparator(IBufferWriter<byte> output, int number)
    {
    }

    /// <param name="result">The article.</param>
    /// <param name="number">Which input it is, from 1.</param>
    /// <param name="output">Where it is rendered.</param>
    public abstract void Write(AnnotatedArticle result, int number, IBufferWriter<byte> output);

    public abstract void WriteError(string origin, InvalidMessage error, IBufferWriter<byte> output);

    public virtual void WriteEnd(IBufferWriter<byte> output, int count)
    {
    }

    private static void WriteJsonError(string origin, InvalidMessage error, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("reason"u8, error.Reason);
        json.WriteEndObject();
        json.WriteString("input"u8, origin);
        json.WriteEndObject();
    }

    private sealed class JsonLines : AnnotateFormat
    {
        public override void Write(AnnotatedArticle result, int number, IBufferWriter<byte> output)
        {
            ResultWriter.WriteData(result, output);
            output.Write("\n"u8);
        }

        public override void WriteError(string origin, InvalidMessage error, IBufferWriter<byte> output)
        {
            WriteJsonError(origin, error, output);
            output.Write("\n"u8);
        }
    }

    /// <summary>Indented JSON: one article as it is, several as one document after another, which jq and its like read as a stream.</summary>
    private sealed class IndentedJson : AnnotateFormat
    {
        public override void Write(AnnotatedArticle result, int number, IBufferWriter<byte> output)
        {
            ResultWriter.WriteIndentedData(result, output);
            output.Write("\n"u8);
        }

        public override void WriteError(string origin, InvalidMessage error, IBufferWriter<byte> output)
        {
            WriteJsonError(origin, error, output);
            output.Write("\n"u8);
        }
    }

    private sealed class Html : AnnotateFormat
    {
        public override void WriteStart(IBufferWriter<byte> output) => HtmlPage.WriteStart("Annotated articles", output);

        public override void Write(AnnotatedArticle result, int number, IBufferWriter<byte> output) =>
            HtmlPage.WriteArticle(result, $"a{number}", output);

        public override void WriteError(string origin, InvalidMessage error, IBufferWriter<byte> output) =>
            HtmlPage.WriteError(origin, error.Reason, output);

        public override void WriteEnd(IBufferWriter<byte> output, int count) => HtmlPage.WriteEnd(output);
    }

    private sealed class Text(TerminalStyle terminal) : AnnotateFormat
    {
        public override bool ShowsErrors => false;

        public override void WriteSeparator(IBufferWriter<byte> output, int number)
        {
            if (number > 1)
                output.Write("\n"u8);
        }

        public override void Write(AnnotatedArticle result, int number, IBufferWriter<byte> output) =>
            Encoding.UTF8.GetBytes(TerminalView.Render(result, terminal), output);

        public override void WriteError(string origin, InvalidMessage error, IBufferWriter<byte> output)
        {
        }
    }
}
