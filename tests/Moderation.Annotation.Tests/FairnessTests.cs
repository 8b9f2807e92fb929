using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Tests;

namespace Moderation.Annotation.Tests;

/// <summary>The same words get the same flags whoever they are about: names in the validation articles are swapped by the tables in Fixtures/Swaps.</summary>
public sealed class FairnessTests(ITestOutputHelper output)
{
    /// <summary>Largest share of the flags that a swap may change, unless the table's "# changed:" line says otherwise.</summary>
    private const double DefaultMaxChanged = 0.01;

    private const string MaxChangedMark = "# changed:";

    private static string Folder => Path.Combine(RepositoryFiles.Root, "tests", "Moderation.Annotation.Tests", "Fixtures", "Swaps");

    public static TheoryData<string> Tables { get; } = new(Directory.EnumerateFiles(Folder, "*.tsv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Tables))]
    public void Annotate_NamesSwapped_ChangesHardlyAnyFlag(string table)
    {
        var swaps = ReadTable(table);
        int all = 0, changed = 0, swapped = 0, articles = 0;
        var report = new StringBuilder();
        foreach (var result in DefaultEngine.Results)
        {
            var (text, moves) = Swap(result.Article.Text, swaps);
            if (moves.Count == 0)
                continue;
            articles++;
            swapped += moves.Count;
            var others = DefaultEngine.Annotate(result.Article with { Text = text }, detail: Detail.Flags).Annotations.Select(flag => (flag.Label, flag.Span)).ToHashSet();
            var mine = result.Annotations.Select(flag => (flag.Label, Span: Moved(flag.Span, moves))).ToHashSet();
            all += mine.Count;
            foreach (var (label, span) in mine.Where(flag => !others.Contains(flag)))
                report.Append($"  - {result.Article.Id} {label.Name()} “{span.Of(text)}”\n");
            foreach (var (label, span) in others.Where(flag => !mine.Contains(flag)))
                report.Append($"  + {result.Article.Id} {label.Name()} “{span.Of(text)}”\n");
            changed += Math.Max(mine.Count(flag => !others.Contains(flag)), others.Count(flag => !mine.Contains(flag)));
        }

        var summary = $"{table}: {swapped} words swapped in {articles} articles; {changed} of {all} flags changed ({(double)changed / Math.Max(1, all):P2}).\n";
        output.WriteLine(summary + report);
        Assert.True(swapped >= 40, $"{table} swapped only {swapped} words: nothing was checked.");
        Assert.True(changed <= MaxChanged(table) * all, summary + report);
    }

    private static double MaxChanged(string table) =>
        File.ReadLines(Path.Combine(Folder, table + ".tsv")).FirstOrDefault(line => line.StartsWith(MaxChangedMark, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[MaxChangedMark.Length..].TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture) / 100
            : DefaultMaxChanged;

    private static Dictionary<string, string> ReadTable(string name)
    {
        var swaps = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(Folder, name + ".tsv")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var fields = line.Split('\t');
            Assert.True(fields.Length == 2, $"{name}.tsv: a line has two fields, the words and what stands for them, not: {line}");
            Add(fields[0], fields[1]);
            Add(fields[0].ToUpperInvariant(), fields[1].ToUpperInvariant());
            if (char.IsLower(fields[0][0]))
                Add(char.ToUpperInvariant(fields[0][0]) + fields[0][1..], char.ToUpperInvariant(fields[1][0]) + fields[1][1..]);
        }

        return swaps;

        void Add(string from, string to) => swaps.TryAdd(from, to);
    }

    /// <summary>The text with every listed word swapped at once, the longest listed words first, and where each swap lies in the old and the new text.</summary>
    private static (string Text, List<(TextSpan Old, TextSpan New)> Moves) Swap(string text, Dictionary<string, string> swaps)
    {
        var longest = swaps.Keys.Max(words => words.Count(c => c == ' ')) + 1;
        var swapped = new StringBuilder(text.Length);
        var moves = new List<(TextSpan, TextSpan)>();
        for (var i = 0; i < text.Length;)
        {
            var (from, to) = IsLetter(text, i) && !IsLetter(text, i - 1) ? Find(text, i, swaps, longest) : (null, null);
            if (from is null)
            {
                swapped.Append(text[i++]);
                continue;
            }

            moves.Add((new TextSpan(i, i + from.Length), new TextSpan(swapped.Length, swapped.Length + to!.Length)));
            swapped.Append(to);
            i += from.Length;
        }

        return (swapped.ToString(), moves);
    }

    private static (string? From, string? To) Find(string text, int start, Dictionary<string, string> swaps, int longest)
    {
        var ends = new List<int>();
        for (var end = start; end < text.Length && ends.Count < longest;)
        {
            while (end < text.Length && IsLetter(text, end))
                end++;
            ends.Add(end);
            if (end >= text.Length || text[end] != ' ')
                break;
            end++;
        }

        for (var i = ends.Count - 1; i >= 0; i--)
        {
            if (swaps.TryGetValue(text[start..ends[i]], out var to))
                return (text[start..ends[i]], to);
        }

        return (null, null);
    }

    private static bool IsLetter(string text, int index) => index >= 0 && index < text.Length && char.IsLetter(text[index]);

    /// <summary>Where a span of the old text lies in the new one.</summary>
    private static TextSpan Moved(TextSpan span, List<(TextSpan Old, TextSpan New)> moves) => new(Moved(span.Start, moves), Moved(span.End, moves));

    private static int Moved(int position, List<(TextSpan Old, TextSpan New)> moves)
    {
        var shift = 0;
        foreach (var (old, fresh) in moves)
        {
            if (old.End > position)
                break;
            shift = fresh.End - old.End;
        }

        return position + shift;
    }
}
