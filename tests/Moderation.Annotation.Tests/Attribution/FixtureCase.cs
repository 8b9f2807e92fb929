using System.Text;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>One marked stretch of a fixture: {label|words}, {label2|words}, {label:detail|words}.</summary>
internal sealed record Expected(string Label, int Group, string? Detail, TextSpan Span);

/// <summary>A line of a fixture file: the text without its marks, and the marks (Fixtures/README.md).</summary>
internal sealed record FixtureCase(string Text, IReadOnlyList<Expected> Marks)
{
    public static FixtureCase Parse(string line)
    {
        var text = new StringBuilder();
        var marks = new List<Expected>();
        var open = new Stack<(string Label, int Group, string? Detail, int Start)>();
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\\' when i + 1 < line.Length:
                    text.Append(line[++i]);
                    break;
                case '{':
                    var bar = line.IndexOf('|', i);
                    if (bar < 0)
                        throw new FormatException($"A mark is not finished: {line[i..]}");
                    open.Push(Head(line[(i + 1)..bar], text.Length));
                    i = bar;
                    break;
                case '}':
                    if (open.Count == 0)
                        throw new FormatException($"A brace closes nothing at {i}: {line}");
                    var (label, group, detail, start) = open.Pop();
                    marks.Add(new Expected(label, group, detail, new TextSpan(start, text.Length)));
                    break;
                case '¶':
                    text.Append('\n');
                    break;
                default:
                    text.Append(line[i]);
                    break;
            }
        }

        if (open.Count > 0)
            throw new FormatException($"The mark {open.Peek().Label} is not closed: {line}");
        return new FixtureCase(text.ToString(), marks);
    }

    private static (string Label, int Group, string? Detail, int Start) Head(string head, int start)
    {
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? head : head[..colon];
        var digits = name.Length > 0 && char.IsAsciiDigit(name[^1]);
        return (digits ? name[..^1] : name, digits ? name[^1] - '0' : 1, colon < 0 ? null : head[(colon + 1)..], start);
    }
}
