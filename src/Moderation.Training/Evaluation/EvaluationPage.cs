using System.Globalization;
using System.Text;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Exports;

namespace Moderation.Training.Evaluation;

/// <summary>
/// An evaluation as one self-contained web page: figures, labels, reliability, the worst errors in their sentences, and how the run compares with
/// another. The same run gives the same page.
/// </summary>
public static class EvaluationPage
{
    /// <summary>Most confusions of labels that are listed.</summary>
    private const int MaxConfusions = 15;

    /// <param name="title">What was measured, for a person.</param>
    /// <param name="comparison">The same run beside another, if there is one.</param>
    /// <param name="perList">Most errors of a kind that are shown.</param>
    public static string Render(EvaluationRun run, string title, ModelComparison? comparison, int perList)
    {
        var page = new StringBuilder();
        HtmlShell.Open(title, EvaluationPageStyle.Css, page);
        var errors = WorstErrors.Of(run);
        page.Append("<main>\n<h1>").Append(HtmlShell.Escape(title)).Append("</h1>\n");
        AppendEngine(page, "", run.Engine);
        if (comparison is not null)
            AppendEngine(page, "Compared with: ", comparison.Other.Engine);
        AppendContents(page, errors, comparison is not null);
        AppendOverview(page, run);
        AppendLabels(page, run);
        AppendReliability(page, run);
        if (comparison is not null)
            AppendComparison(page, comparison, perList);
        AppendErrors(page, errors, perList);
        return page.Append("</main>\n").Append(HtmlShell.End).ToString();
    }

    private static void AppendEngine(StringBuilder page, string before, EngineDescription engine) =>
        page.Append("<p class=\"about\">").Append(before).Append(CultureInfo.InvariantCulture, $"model {HtmlShell.Escape(engine.Model.Name)} {HtmlShell.Escape(engine.Model.Version)}, ")
            .Append(CultureInfo.InvariantCulture, $"SHA-256 <code>{engine.Model.Sha256}</code>, profile <b>{HtmlShell.Escape(engine.Profile)}</b> (suggest {engine.Thresholds["suggest"]:0.000}, confirm {engine.Thresholds["confirm"]:0.000})</p>\n");

    private static void AppendContents(StringBuilder page, WorstErrors errors, bool compared)
    {
        page.Append("<nav><a href=\"#labels\">Labels</a><a href=\"#reliability\">Reliability</a>").Append(compared ? "<a href=\"#compared\">Compared</a>" : "");
        page.Append(CultureInfo.InvariantCulture, $"<a href=\"#false\">False flags ({errors.FalseFlags.Count:N0})</a><a href=\"#missed\">Missed ({errors.Missed.Count:N0})</a><a href=\"#wrong\">Wrong labels ({errors.WrongLabels.Count:N0})</a></nav>\n");
    }

    private static void AppendOverview(StringBuilder page, EvaluationRun run)
    {
        var all = run.All;
        var words = run.Results.Sum(result => result.Result.Summary.Words);
        page.Append("<div class=\"tiles\">");
        Tile("precision", all.Precision, string.Create(CultureInfo.InvariantCulture, $"{all.RightFlags:N0} of {all.Flags:N0} flags are right"));
        Tile("recall", all.Recall, string.Create(CultureInfo.InvariantCulture, $"{all.Found:N0} of {all.Gold:N0} faults are found"));
        Tile("same family", all.SameFamilyShare, "of the faults");
        Tile("same label", all.SameLabelShare, "of the faults");
        Tile("calibration error", all.CalibrationError, "of the confidences");
        page.Append("</div>\n<p>").Append(CultureInfo.InvariantCulture, $"{run.Articles:N0} articles, {words:N0} words; {1000.0 * all.Flags / Math.Max(1, words):0.0} flags and {1000.0 * all.Gold / Math.Max(1, words):0.0} faults per 1,000 words. ");
        foreach (var tier in new[] { Tier.Confirm, Tier.Suggest })
        {
            var flags = run.Results.SelectMany(result => result.Result.Annotations.Where(flag => flag.Tier == tier).Select(flag => FlagMeasure.IsRight(result.Article, flag))).ToList();
            page.Append(CultureInfo.InvariantCulture, $"Tier <i>{tier.ToString().ToLowerInvariant()}</i>: {flags.Count:N0} flags")
                .Append(flags.Count == 0 ? ". " : string.Create(CultureInfo.InvariantCulture, $", {PlainWords.Percent(flags.Average(right => right ? 1.0 : 0))} right. "));
        }

        page.Append("A flag is right if it touches words that a person flagged, under whatever label; a fault is found if a flag touches it.</p>\n");

        void Tile(string name, double value, string detail) =>
            page.Append(CultureInfo.InvariantCulture, $"<div><b>{value:0.000}</b><span>{name}</span><small>{detail}</small></div>");
    }

    private static void AppendComparison(StringBuilder page, ModelComparison comparison, int perList)
    {
        page.Append("<h2 id=\"compared\">Compared</h2>\n<div class=\"wide\"><table><thead><tr><th></th><th>this</th><th>other</th><th>difference</th><th>95% interval</th></tr></thead><tbody>\n");
        foreach (var figure in comparison.Figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr{(figure.IsSignificant ? " class=\"sure\"" : "")}><th scope=\"row\">{figure.Name}</th><td>{figure.Mine:0.000}</td><td>{figure.Others:0.000}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{figure.Difference:+0.000;−0.000;0.000}</td><td>{figure.Low:+0.000;−0.000;0.000} to {figure.High:+0.000;−0.000;0.000}</td></tr>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"</tbody></table></div>\n<p class=\"gloss\">Paired bootstrap over articles, {ModelComparison.Drawings:N0} drawings. Bold: the interval leaves zero out.</p>\n");
        page.Append("<div class=\"wide\"><table><thead><tr><th></th><th>faults</th><th>found: this</th><th>other</th><th>flags: this</th><th>other</th><th>right: this</th><th>other</th></tr></thead><tbody>\n");
        foreach (var (mine, other) in comparison.Mine.ByLabel.Zip(comparison.Other.ByLabel))
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{NameOf(mine.Label)}</th><td>{mine.Gold:N0}</td><td>{mine.Recall:0.00}</td><td>{other.Recall:0.00}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{mine.Flags:N0}</td><td>{other.Flags:N0}</td><td>{mine.Precision:0.00}</td><td>{other.Precision:0.00}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
        AppendList(page, "h3", "", "Faults that only this one finds", comparison.FoundByMine, perList, WriteFound);
        AppendList(page, "h3", "", "Faults that only the other finds", comparison.FoundByOther, perList, WriteFound);
        AppendList(page, "h3", "", "False flags of this one only", comparison.FalseOfMine, perList, WriteFalse);
        AppendList(page, "h3", "", "False flags of the other only", comparison.FalseOfOther, perList, WriteFalse);
    }

    private static void AppendLabels(StringBuilder page, EvaluationRun run)
    {
        page.Append("<h2 id=\"labels\">Labels</h2>\n<div class=\"wide\"><table><thead><tr><th></th><th>faults</th><th title=\"under a flag of any label\">found</th><th title=\"under a flag of this label\">same label</th>")
            .Append("<th>flags</th><th title=\"over a fault of any label\">right</th><th title=\"over a fault of this label\">right label</th></tr></thead><tbody>\n");
        foreach (var row in run.ByLabel)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><i class=\"dot {HtmlShell.ClassOf(row.Label.Family())}\"></i>{NameOf(row.Label)}</th>")
                .Append(CultureInfo.InvariantCulture, $"<td>{row.Gold:N0}</td>{Share(row.Gold, row.Recall)}{Share(row.Gold, row.SameLabelShare)}<td>{row.Flags:N0}</td>{Share(row.Flags, row.Precision)}{Share(row.Flags, row.LabelPrecision)}</tr>\n");
        }

        page.Append("</tbody></table></div>\n<p class=\"gloss\">Found: share of the label’s faults under a flag of any label; same label: under one of this label. Right: share of the label’s flags over a fault of any label; right label: over one of this label.</p>\n");

        static string Share(int of, double value) => of == 0 ? "<td class=\"none\">–</td>" : string.Create(CultureInfo.InvariantCulture, $"<td style=\"--share:{value * 100:0}%\" class=\"share\">{value:0.00}</td>");
    }

    private static void AppendReliability(StringBuilder page, EvaluationRun run)
    {
        page.Append("<h2 id=\"reliability\">Reliability</h2>\n<div class=\"beside\"><figure>").Append(ReliabilityPlot.Render(run.Reliability))
            .Append("<figcaption>How often flags are right, by confidence: points on the diagonal mean what they say. Larger points are more flags; lines are 95% intervals.</figcaption></figure>\n")
            .Append("<div class=\"wide\"><table><thead><tr><th>confidence</th><th>flags</th><th>mean</th><th>right</th><th>95% interval</th></tr></thead><tbody>\n");
        foreach (var row in run.Reliability)
        {
            var (low, high) = row.Interval;
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{row.From:0.0} to {row.To:0.0}</th><td>{row.Flags:N0}</td><td>{row.MeanConfidence:0.00}</td><td>{row.ShareRight:0.00}</td><td>{low:0.00} to {high:0.00}</td></tr>\n");
        }

        page.Append("</tbody></table></div></div>\n");
    }

    private static void AppendErrors(StringBuilder page, WorstErrors errors, int perList)
    {
        AppendList(page, "h2", "false", "False flags, the surest first", errors.FalseFlags, perList, WriteFalse);
        AppendList(page, "h2", "missed", "Missed faults, the least expected first", errors.Missed, perList, static (page, error) =>
        {
            AppendHead(page, error.In, error.Fault.Label, string.Create(CultureInfo.InvariantCulture, $"the model gives its sentence {PlainWords.Percent(error.Score)} for {PlainWords.Of(error.Fault.Label.Family())}"));
            AppendSentence(page, error.In.Result, error.Fault.Span, error.Fault.Label);
        });
        AppendList(page, "h2", "wrong", "Wrong labels, the surest first", errors.WrongLabels, perList, static (page, error) =>
        {
            AppendHead(page, error.In, error.Fault.Label, string.Create(CultureInfo.InvariantCulture, $"flagged as <b>{NameOf(error.Flag.Label)}</b>, {PlainWords.Percent(error.Flag.Confidence)}"));
            AppendSentence(page, error.In.Result, error.Fault.Span, error.Fault.Label);
            if (error.Flag.Span != error.Fault.Span)
                page.Append("<p class=\"gloss\">The flag: “").Append(HtmlShell.Escape(PlainWords.Excerpt(error.Flag.Span.Of(error.In.Result.Article.Text), 200))).Append("”</p>");
        });
        if (errors.Confusions.Count == 0)
            return;
        page.Append("<h3>What is taken for what</h3>\n<div class=\"wide\"><table><thead><tr><th>fault</th><th>flagged as</th><th>times</th></tr></thead><tbody>\n");
        foreach (var confusion in errors.Confusions.Take(MaxConfusions))
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{NameOf(confusion.Gold)}</th><td class=\"word\">{NameOf(confusion.Flagged)}</td><td>{confusion.Count:N0}</td></tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static void WriteFalse(StringBuilder page, FalseFlag error)
    {
        AppendHead(page, error.In, error.Flag.Label, PlainWords.Percent(error.Flag.Confidence));
        AppendSentence(page, error.In.Result, error.Flag.Span, error.Flag.Label);
        page.Append("<details><summary>Why it was flagged</summary><table>");
        foreach (var evidence in error.Flag.Evidence)
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{HtmlShell.Escape(evidence.Kind)}</th><td class=\"word\">{HtmlShell.Escape(evidence.Name)}</td><td>{evidence.Contribution:+0.00;−0.00;0.00}</td></tr>");
        page.Append("</table></details>");
    }

    private static void WriteFound(StringBuilder page, FoundFault found)
    {
        AppendHead(page, found.In, found.Fault.Label, string.Create(CultureInfo.InvariantCulture, $"flagged as <b>{NameOf(found.Flag.Label)}</b>, {PlainWords.Percent(found.Flag.Confidence)}"));
        AppendSentence(page, found.In.Result, found.Fault.Span, found.Fault.Label);
    }

    private static void AppendList<T>(StringBuilder page, string heading, string anchor, string title, IReadOnlyList<T> items, int most, Action<StringBuilder, T> write)
    {
        var shown = Math.Min(most, items.Count);
        page.Append(CultureInfo.InvariantCulture, $"<{heading}{(anchor.Length == 0 ? "" : $" id=\"{anchor}\"")}>{title}</{heading}>\n<p class=\"gloss\">")
            .Append(items.Count == 0 ? "None." : shown == items.Count ? string.Create(CultureInfo.InvariantCulture, $"All {shown:N0}.") : string.Create(CultureInfo.InvariantCulture, $"{shown:N0} of {items.Count:N0}."))
            .Append("</p>\n<ol class=\"errors\">\n");
        foreach (var item in items.Take(most))
        {
            page.Append("<li>");
            write(page, item);
            page.Append("</li>\n");
        }

        page.Append("</ol>\n");
    }

    private static void AppendHead(StringBuilder page, EvaluatedArticle article, Label label, string detail) =>
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"head\"><b>{NameOf(label)}</b> <span>{detail}</span> <code>{HtmlShell.Escape(article.Article.Folder)}/{HtmlShell.Escape(article.Article.Id)}</code></p>");

    /// <summary>The words in their sentence, or, where they run over several, in all of them.</summary>
    private static void AppendSentence(StringBuilder page, AnnotatedArticle result, TextSpan span, Label label)
    {
        var text = result.Article.Text;
        var (start, end) = (span.Start, span.End);
        foreach (var sentence in result.Sentences ?? [])
        {
            if (sentence.Span.Overlaps(span))
                (start, end) = (Math.Min(start, sentence.Span.Start), Math.Max(end, sentence.Span.End));
        }

        page.Append("<blockquote>").Append(HtmlShell.Escape(text[start..span.Start])).Append("<mark class=\"").Append(HtmlShell.ClassOf(label.Family())).Append("\">")
            .Append(HtmlShell.Escape(text[span.Start..span.End])).Append("</mark>").Append(HtmlShell.Escape(text[span.End..end])).Append("</blockquote>");
    }

    private static string NameOf(Label label) => HtmlShell.Escape(PlainWords.Of(label));
}
