using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Moderation.Worker.Benchmarks;

/// <summary>A run's figures, as a table for people and as JSON for programs.</summary>
internal sealed class BenchReport(string engine, string command)
{
    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    public void Add(IEnumerable<Figure> figures) => _figures.AddRange(figures);

    /// <summary>What a reader must know beside the figures: a part that was left out, and why.</summary>
    public void Note(string note) => _notes.Add(note);

    public string ToMarkdown(DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# `{command}`, {at:yyyy-MM-dd HH:mm} UTC").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{engine}; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors").AppendLine()
            .AppendLine("| measured | figure | value | bar | |")
            .AppendLine("|---|---|---:|---:|---|");
        foreach (var figure in _figures)
        {
            var bar = figure.Bar is { } value ? (figure.AtLeast ? "≥ " : "≤ ") + Number(value) : "";
            var reached = figure.Reached switch { true => "reached", false => "missed", null => "" };
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.Group} | {figure.Name} | {Number(figure.Value)} | {bar} | {reached} |");
        }

        foreach (var note in _notes)
            text.AppendLine().AppendLine(note);
        return text.ToString();
    }

    public string ToJson(DateTimeOffset at)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            json.WriteString("at", at);
            json.WriteString("engine", engine);
            json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
            json.WriteNumber("processors", Environment.ProcessorCount);
            json.WriteStartArray("figures");
            foreach (var figure in _figures)
            {
                json.WriteStartObject();
                json.WriteString("measured", figure.Group);
                json.WriteString("figure", figure.Name);
                json.WriteNumber("value", double.IsFinite(figure.Value) ? Math.Round(figure.Value, 4) : 0);
                if (figure.Bar is { } bar)
                {
                    json.WriteNumber(figure.AtLeast ? "atLeast" : "atMost", bar);
                    json.WriteBoolean("reached", figure.Reached == true);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("notes");
            foreach (var note in _notes)
                json.WriteStringValue(note);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Number(double value) => Math.Abs(value) >= 1000
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : value.ToString("0.##", CultureInfo.InvariantCulture);
}
