using System.Buffers;
using System.Globalization;
using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Results;

namespace Moderation.Contracts.Exports;

/// <summary>
/// Annotated articles as one self-contained web page: highlights in the text, each with a note beside it, a legend and a summary. No
/// script, nothing loaded from elsewhere, and everything that came with an article is escaped.
/// </summary>
public static class HtmlPage
{
    /// <summary>Opens the page. Follow it with any number of articles and errors, and then <see cref="WriteEnd"/>.</summary>
    public static void WriteStart(string title, IBufferWriter<byte> output)
    {
        var page = new StringBuilder();
        HtmlShell.Open(title, "", page);
        page.Append("<nav class=\"legend\" aria-label=\"Legend\">");
        foreach (var family in Enum.GetValues<Family>())
            page.Append("<span><mark class=\"").Append(ClassOf(family)).Append("\">words</mark> ").Append(PlainWords.Of(family)).Append("</span>");
        page.Append("<span class=\"furniture\">words</span><span class=\"gloss\">not assessed: captions, promos, bylines</span></nav>\n");
        Flush(page, output);
    }

    public static void WriteEnd(IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(HtmlShell.End, output);

    /// <summary>One article: summary, then text and notes.</summary>
    /// <param name="result">The article.</param>
    /// <param name="anchor">Unique on the page: letters, digits and hyphens.</param>
    /// <param name="output">Where the HTML goes, as UTF-8.</param>
    public static void WriteArticle(AnnotatedArticle result, string anchor, IBufferWriter<byte> output)
    {
        var page = new StringBuilder();
        page.Append("<article>\n");
        WriteHeader(result, page);
        page.Append("<div class=\"text\">\n");
        foreach (var paragraph in HighlightedText.Of(result))
            WriteParagraph(result, paragraph, anchor, page);
        page.Append("</div>\n");
        WriteFooter(result, page);
        page.Append("</article>\n");
        Flush(page, output);
    }

    /// <summary>An input that could not be annotated.</summary>
    public static void WriteError(string origin, string reason, IBufferWriter<byte> output)
    {
        var page = new StringBuilder();
        page.Append("<article class=\"failed\"><h2>").Append(Escape(origin)).Append("</h2><p>").Append(Escape(reason)).Append("</p></article>\n");
        Flush(page, output);
    }

    private static void WriteHeader(AnnotatedArticle result, StringBuilder page)
    {
        var article = result.Article;
        var summary = result.Summary;
        page.Append("<header>\n<h2>").Append(Escape(article.Headline ?? article.Id)).Append("</h2>\n<p class=\"about\">");
        page.AppendJoin(" · ", new[] { article.Headline is null ? null : article.Id, article.Outlet, article.Genre, article.Language, article.Version is null ? null : "version " + article.Version }
            .OfType<string>().Select(Escape)).Append("</p>\n");

        page.Append("<div class=\"summary\"><p class=\"disposition ").Append(ContractNames.Of(summary.Disposition)).Append("\">")
            .Append(PlainWords.Of(summary.Disposition)).Append("</p><p>")
            .Append(CultureInfo.InvariantCulture, $"{summary.Words:N0} words, {Counted(summary.Flags, "flag")}, {summary.FlagsPer1000Words:0.0} per 1,000 words.").Append("</p>\n<table>");
        WriteScore(page, "loaded language", ClassOf(Family.LoadedLanguage), summary.ByFamily.GetValueOrDefault(Family.LoadedLanguage), summary.Scores.LoadedLanguage);
        WriteScore(page, "unsourced claims", ClassOf(Family.UnsourcedClaim), summary.ByFamily.GetValueOrDefault(Family.UnsourcedClaim), summary.Scores.UnsourcedClaims);
        WriteScore(page, "editorializing", ClassOf(Family.Editorializing), summary.ByFamily.GetValueOrDefault(Family.Editorializing), summary.Scores.Editorializing);
        WriteScore(page, "opinion", "plain", null, summary.Scores.Opinion);
        WriteScore(page, "overall", "plain", null, summary.Scores.Overall);
        page.Append("</table></div>\n</header>\n");
    }

    private static void WriteScore(StringBuilder page, string name, string style, int? flags, double score) =>
        page.Append("<tr><th scope=\"row\">").Append(name).Append("</th><td>")
            .Append(flags is { } count ? Counted(count, "flag") : "").Append("</td><td class=\"bar\"><i class=\"").Append(style)
            .Append(CultureInfo.InvariantCulture, $"\" style=\"width:{score * 100:0.#}%\"></i></td><td>").Append(PlainWords.Percent(score)).Append("</td></tr>");

    private static void WriteParagraph(AnnotatedArticle result, Paragraph paragraph, string anchor, StringBuilder page)
    {
        page.Append("<div class=\"row\"><p>");
        foreach (var segment in paragraph.Segments)
            WriteSegment(result, segment, anchor, page);
        page.Append("</p>");
        if (paragraph.Starting.Count > 0)
        {
            page.Append("<ol class=\"notes\">");
            foreach (var flag in paragraph.Starting)
                WriteNote(result, flag, anchor, page);
            page.Append("</ol>");
        }

        page.Append("</div>\n");
    }

    private static void WriteSegment(AnnotatedArticle result, Segment segment, string anchor, StringBuilder page)
    {
        var zoned = segment.Zone is not null;
        if (zoned)
        {
            page.Append("<span class=\"").Append(PlainWords.IsFurniture(segment.Zone) ? "furniture" : ContractNames.Of(segment.Zone!.Value))
                .Append("\" title=\"").Append(PlainWords.Of(segment.Zone!.Value)).Append("\">");
        }

        // The flags around the innermost show as underlines, so that a flag inside another is seen as one.
        if (segment.Flags.Count > 0)
        {
            var inner = result.Annotations[segment.Flags[^1]];
            page.Append("<mark class=\"").Append(ClassOf(inner.Label.Family())).Append(segment.Flags.Count > 1 ? " nested" : "")
                .Append(inner.Tier == Tier.Confirm ? " confirm" : "").Append("\" title=\"").Append(Escape(TitleOf(result, segment.Flags))).Append("\">");
        }

        page.Append(Escape(segment.Span.Of(result.Article.Text).ToString()));
        if (segment.Flags.Count > 0)
            page.Append("</mark>");
        foreach (var flag in segment.Ending)
        {
            page.Append(CultureInfo.InvariantCulture, $"<a class=\"number {ClassOf(result.Annotations[flag].Label.Family())}\" id=\"{anchor}-w{flag + 1}\" href=\"#{anchor}-n{flag + 1}\">{flag + 1}</a>");
        }

        if (zoned)
            page.Append("</span>");
    }

    private static string TitleOf(AnnotatedArticle result, IReadOnlyList<int> flags) => string.Join("\n", flags.Reverse().Select(flag =>
    {
        var annotation = result.Annotations[flag];
        return $"{flag + 1} {PlainWords.Of(annotation.Label)}, {PlainWords.Percent(annotation.Confidence)}: {annotation.Reason}";
    }));

    private static void WriteNote(AnnotatedArticle result, int flag, string anchor, StringBuilder page)
    {
        var annotation = result.Annotations[flag];
        var family = annotation.Label.Family();
        page.Append(CultureInfo.InvariantCulture, $"<li id=\"{anchor}-n{flag + 1}\" class=\"{ClassOf(family)} {ContractNames.Of(annotation.Severity)}\">")
            .Append(CultureInfo.InvariantCulture, $"<a class=\"number {ClassOf(family)}\" href=\"#{anchor}-w{flag + 1}\">{flag + 1}</a> ")
            .Append("<b>").Append(Escape(PlainWords.Of(annotation.Label))).Append("</b> <span class=\"sure\">")
            .Append(PlainWords.Percent(annotation.Confidence)).Append(" · ").Append(ContractNames.Of(annotation.Severity));
        if (annotation.Speaker is not null)
            page.Append(" · words of ").Append(Escape(annotation.Speaker));
        page.Append("</span><p>").Append(Escape(annotation.Reason)).Append("</p>");
        if (annotation.Suggestion is not null)
            page.Append("<p class=\"suggestion\">Neutral: <q>").Append(Escape(annotation.Suggestion)).Append("</q></p>");
        if (annotation.Evidence.Count > 0)
        {
            page.Append("<details><summary>Evidence</summary><table>");
            foreach (var evidence in annotation.Evidence)
            {
                page.Append("<tr><td>").Append(Escape(evidence.Kind)).Append("</td><td>").Append(Escape(evidence.Name))
                    .Append(CultureInfo.InvariantCulture, $"</td><td>{evidence.Contribution:+0.00;−0.00;0.00}</td></tr>");
            }

            page.Append("</table></details>");
        }

        page.Append("</li>");
    }

    private static void WriteFooter(AnnotatedArticle result, StringBuilder page)
    {
        var coverage = result.Coverage;
        var engine = result.Engine;
        page.Append("<footer><p>")
            .Append(CultureInfo.InvariantCulture, $"Read as the writer's own words: {coverage.AssessedCharacters:N0} of {coverage.Characters:N0} characters. Profile {Escape(coverage.Profile)}.");
        foreach (var reason in coverage.Skipped.GroupBy(static skipped => skipped.Reason))
        {
            page.Append(CultureInfo.InvariantCulture, $" Not assessed ({Escape(reason.Key)}): ")
                .AppendJoin(", ", reason.GroupBy(static skipped => skipped.Detail).Select(static detail => string.Create(CultureInfo.InvariantCulture, $"{Escape(detail.Key)} × {detail.Count():N0}")))
                .Append('.');
        }

        page.Append(CultureInfo.InvariantCulture, $"</p><p>Moderation {Escape(engine.Version)}, model {Escape(engine.Model.Name)} {Escape(engine.Model.Version)}, fingerprint {Escape(engine.Fingerprint)}.</p></footer>\n");
    }

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string ClassOf(Family family) => HtmlShell.ClassOf(family);

    private static string Escape(string text) => HtmlShell.Escape(text);

    private static void Flush(StringBuilder page, IBufferWriter<byte> output)
    {
        foreach (var chunk in page.GetChunks())
            Encoding.UTF8.GetBytes(chunk.Span, output);
    }
}
