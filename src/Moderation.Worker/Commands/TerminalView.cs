using Paragraph = Moderation.Contracts.Exports.Paragraph;
using System.Globalization;
using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Exports;

namespace Moderation.Worker.Commands;

/// <summary>
/// An annotated article for reading in a terminal: the text with its flags marked and numbered, what each flag says, and a summary.
/// With colour the flagged words stand on a ground of their family's colour; without, in brackets.
/// </summary>
internal static class TerminalView
{
    private const int Indent = 2;
    private const int QuoteLength = 64;

    /// <summary>Columns of a score's bar, where the window has room for it.</summary>
    private const int BarLength = 20;

    /// <summary>Columns of a score's line without its bar.</summary>
    private const int ScoreColumns = 32;

    public static string Render(AnnotatedArticle result, TerminalStyle style)
    {
        var page = new StringBuilder();
        WriteHeader(result, style, page);
        foreach (var paragraph in HighlightedText.Of(result))
            WriteParagraph(result, paragraph, style, page);
        WriteFlags(result, style, page);
        WriteSummary(result, style, page);
        return page.ToString();
    }

    private static void WriteHeader(AnnotatedArticle result, TerminalStyle style, StringBuilder page)
    {
        var article = result.Article;
        var about = string.Join(" · ", new[] { article.Id, article.Outlet, article.Genre, article.Language }.OfType<string>());
        if (article.Headline is not null)
            WriteWrapped(page, style, [new(article.Headline, style.Bold)], 0);
        WriteWrapped(page, style, [new(about, style.Dim)], 0);
        page.Append(style.Dim).Append('─', style.Width).Append(style.Plain).Append('\n');
    }

    private static void WriteParagraph(AnnotatedArticle result, Paragraph paragraph, TerminalStyle style, StringBuilder page)
    {
        var text = result.Article.Text;
        var runs = new List<TerminalText.Run>();
        if (paragraph.Segments is [{ Zone: { } kind }] && PlainWords.IsFurniture(kind))
            runs.Add(new($"‹{PlainWords.Of(kind)}› ", style.Dim));
        foreach (var segment in paragraph.Segments)
        {
            var words = segment.Span.Of(text).ToString();
            if (segment.Flags.Count == 0)
            {
                runs.Add(new(words, ZoneStyle(segment.Zone, style)));
                continue;
            }

            var family = result.Annotations[segment.Flags[^1]].Label.Family();
            if (!style.UsesColor)
                words = Opening(result, segment) + words;
            runs.Add(new(words, style.Highlight(family)));
            foreach (var flag in segment.Ending)
            {
                var close = style.UsesColor ? "" : "]";
                runs.Add(new(close + Superscript(flag + 1), style.UsesColor ? style.Ink(result.Annotations[flag].Label.Family()) + style.Bold : ""));
            }
        }

        WriteWrapped(page, style, runs, Indent);
        page.Append('\n');
    }

    /// <summary>A bracket for each flag that opens here: the longest first, as they nest.</summary>
    private static string Opening(AnnotatedArticle result, Segment segment) =>
        new('[', segment.Flags.Count(flag => result.Annotations[flag].Span.Start == segment.Span.Start));

    private static string ZoneStyle(ZoneKind? zone, TerminalStyle style) =>
        zone == ZoneKind.Headline ? style.Bold : PlainWords.IsFurniture(zone) ? style.Dim : "";

    private static void WriteFlags(AnnotatedArticle result, TerminalStyle style, StringBuilder page)
    {
        if (result.Annotations.Count == 0)
            return;
        WriteRule(page, style, result.Annotations.Count == 1 ? "1 flag" : $"{result.Annotations.Count:N0} flags");
        var digits = result.Annotations.Count.ToString(CultureInfo.InvariantCulture).Length;
        for (var i = 0; i < result.Annotations.Count; i++)
            WriteFlag(result, i, digits, style, page);
    }

    private static void WriteFlag(AnnotatedArticle result, int index, int digits, TerminalStyle style, StringBuilder page)
    {
        var annotation = result.Annotations[index];
        var family = annotation.Label.Family();
        var number = (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits);
        page.Append(' ', Indent).Append(style.Bold).Append(style.Ink(family)).Append(number).Append(style.Plain).Append("  ");

        var quote = PlainWords.Excerpt(annotation.Span.Of(result.Article.Text), QuoteLength);
        var title = new List<TerminalText.Run> { new(quote, style.Bold) };
        if (annotation.Suggestion is not null)
            title.Add(new($" → {annotation.Suggestion}", ""));
        var indent = Indent + digits + 2;
        WriteWrapped(page, style, title, indent, startsIndented: true);

        var about = $"{PlainWords.Of(annotation.Label)} · {PlainWords.Of(family)} · {PlainWords.Percent(annotation.Confidence)} sure · {Contracts.Results.ContractNames.Of(annotation.Severity)}";
        if (annotation.Speaker is not null)
            about += $" · words of {annotation.Speaker}";
        WriteWrapped(page, style, [new(about, style.Ink(family))], indent);
        WriteWrapped(page, style, [new(annotation.Reason, "")], indent);
        page.Append('\n');
    }

    private static void WriteSummary(AnnotatedArticle result, TerminalStyle style, StringBuilder page)
    {
        var summary = result.Summary;
        WriteRule(page, style, "Summary");
        var counts = $"{summary.Words:N0} words, {(summary.Flags == 1 ? "1 flag" : $"{summary.Flags:N0} flags")}, {summary.FlagsPer1000Words:0.0} per 1,000 words.";
        WriteWrapped(page, style, [new(PlainWords.Of(summary.Disposition) + ". ", style.Ink(summary.Disposition)), new(counts, "")], Indent);
        page.Append('\n');
        WriteScore(page, style, PlainWords.Plural(Family.LoadedLanguage), summary.ByFamily.GetValueOrDefault(Family.LoadedLanguage), summary.Scores.LoadedLanguage, style.Ink(Family.LoadedLanguage));
        WriteScore(page, style, PlainWords.Plural(Family.UnsourcedClaim), summary.ByFamily.GetValueOrDefault(Family.UnsourcedClaim), summary.Scores.UnsourcedClaims, style.Ink(Family.UnsourcedClaim));
        WriteScore(page, style, PlainWords.Plural(Family.Editorializing), summary.ByFamily.GetValueOrDefault(Family.Editorializing), summary.Scores.Editorializing, style.Ink(Family.Editorializing));
        WriteScore(page, style, "opinion", null, summary.Scores.Opinion, "");
        WriteScore(page, style, "overall", null, summary.Scores.Overall, style.Bold);
        page.Append('\n');
        WriteCoverage(result, style, page);
    }

    private static void WriteScore(StringBuilder page, TerminalStyle style, string name, int? flags, double score, string ink)
    {
        var length = Math.Clamp(style.Width - ScoreColumns, 0, BarLength);
        var filled = (int)Math.Round(score * length);
        page.Append(' ', Indent).Append(ink).Append(name.PadRight(18)).Append(style.Plain)
            .Append((flags is { } count ? count.ToString("N0", CultureInfo.InvariantCulture) : "").PadLeft(4)).Append("   ")
            .Append(ink).Append('█', filled).Append(style.Plain).Append(style.Dim).Append('░', length - filled).Append(style.Plain)
            .Append(PlainWords.Percent(score).PadLeft(5)).Append('\n');
    }

    private static void WriteCoverage(AnnotatedArticle result, TerminalStyle style, StringBuilder page)
    {
        var coverage = result.Coverage;
        var share = coverage.Characters == 0 ? 0 : (double)coverage.AssessedCharacters / coverage.Characters;
        var lines = new List<string> { $"{PlainWords.Percent(share)} of the text was read as the writer's own words. Profile {coverage.Profile}." };
        lines.AddRange(coverage.Skipped
            .GroupBy(static skipped => skipped.Reason)
            .Select(static reason => $"Not assessed ({reason.Key}): {string.Join(", ", reason.GroupBy(static skipped => skipped.Detail).Select(static detail => $"{detail.Key} × {detail.Count():N0}"))}."));
        foreach (var line in lines)
            WriteWrapped(page, style, [new(line, style.Dim)], Indent);
    }

    private static void WriteRule(StringBuilder page, TerminalStyle style, string title) =>
        page.Append(style.Dim).Append("── ").Append(style.Plain).Append(style.Bold).Append(title).Append(style.Plain).Append(' ')
            .Append(style.Dim).Append('─', Math.Max(0, style.Width - title.Length - 4)).Append(style.Plain).Append("\n\n");

    private static void WriteWrapped(StringBuilder page, TerminalStyle style, IReadOnlyList<TerminalText.Run> runs, int indent, bool startsIndented = false) =>
        TerminalText.Wrap(page, runs, indent, style, startsIndented);

    private static string Superscript(int number)
    {
        const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        return string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(static digit => Digits[digit - '0']));
    }
}
