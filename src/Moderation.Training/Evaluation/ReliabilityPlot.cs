using System.Globalization;
using System.Text;

namespace Moderation.Training.Evaluation;

/// <summary>The reliability table as an inline SVG drawing that takes its colours from the page around it.</summary>
internal static class ReliabilityPlot
{
    /// <summary>Side of the plotted square and the margins around it, in the drawing's own units.</summary>
    private const double Side = 300, Left = 44, Top = 10, Bottom = 44, Right = 14;

    private const double LargestPoint = 13;

    public static string Render(IReadOnlyList<ReliabilityRow> rows)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Left + Side + Right} {Top + Side + Bottom}\" role=\"img\" aria-label=\"Share of flags that are right, by confidence\">");
        for (var tick = 0; tick <= 10; tick += 2)
        {
            var at = tick / 10.0;
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{X(at):0.#} {Y(0):0.#}V{Y(1):0.#}M{X(0):0.#} {Y(at):0.#}H{X(1):0.#}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at):0.#}\" y=\"{Y(0) + 17:0.#}\" text-anchor=\"middle\">{at:0.0}</text><text x=\"{X(0) - 7:0.#}\" y=\"{Y(at) + 4:0.#}\" text-anchor=\"end\">{at:0.0}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"diagonal\" d=\"M{X(0):0.#} {Y(0):0.#}L{X(1):0.#} {Y(1):0.#}\"/>");
        var most = rows.Count == 0 ? 1 : rows.Max(row => row.Flags);
        foreach (var row in rows)
        {
            var (low, high) = row.Interval;
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"interval\" d=\"M{X(row.MeanConfidence):0.#} {Y(low):0.#}V{Y(high):0.#}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(row.MeanConfidence):0.#}\" cy=\"{Y(row.ShareRight):0.#}\" r=\"{Math.Max(3, LargestPoint * Math.Sqrt((double)row.Flags / most)):0.#}\">")
                .Append(CultureInfo.InvariantCulture, $"<title>{row.Flags:N0} flags from {row.From:0.0} to {row.To:0.0}: mean confidence {row.MeanConfidence:0.00}, {row.ShareRight:0.00} right</title></circle>");
        }

        return svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(0.5):0.#}\" y=\"{Y(0) + 38:0.#}\" text-anchor=\"middle\">confidence</text>")
            .Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(12 {Y(0.5):0.#}) rotate(-90)\" text-anchor=\"middle\">share right</text></svg>").ToString();
    }

    private static double X(double value) => Left + Side * value;

    private static double Y(double value) => Top + Side * (1 - value);
}
