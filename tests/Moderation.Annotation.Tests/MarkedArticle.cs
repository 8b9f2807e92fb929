using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests;

/// <summary>Words of a <see cref="MarkedArticle"/>: a fault with its label, or words that must not be flagged with the reason why (Fixtures/Articles/README.md).</summary>
internal sealed record ArticleMark(TextSpan Span, Label? Label, string Reason);

/// <summary>An article of Fixtures/Articles, in which both the faults and what only looks like one are marked.</summary>
internal sealed record MarkedArticle(Article Article, IReadOnlyList<ArticleMark> Marks)
{
    public static MarkedArticle Parse(string name, string[] lines)
    {
        var genre = lines.TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Split(':', 2)).First(parts => parts[0].Trim() == "genre")[1].Trim();
        var body = string.Join('\n', lines.SkipWhile(line => line.StartsWith('#')).Where(line => line.Trim().Length > 0));
        var text = new StringBuilder();
        var marks = new List<ArticleMark>();
        var open = new Stack<(char Bracket, int Start)>();
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case '\\' when i + 1 < body.Length && body[i + 1] is '[' or ']':
                    text.Append(body[++i]);
                    break;
                case '[' or '{':
                    open.Push((body[i], text.Length));
                    break;
                case ']' or '}':
                    var (bracket, start) = open.Pop();
                    var close = body.IndexOf(')', i);
                    var word = body[(i + 2)..close];
                    Label? label = bracket == '[' ? Labels.TryParse(word, out var known) ? known : throw new FormatException($"{name}: '{word}' is not a label.") : null;
                    marks.Add(new ArticleMark(new TextSpan(start, text.Length), label, word));
                    i = close;
                    break;
                default:
                    text.Append(body[i]);
                    break;
            }
        }

        return new MarkedArticle(new Article { Id = name, Text = text.ToString(), Genre = genre }, marks);
    }
}
