using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Training.Evaluation;

/// <summary>The counts that <see cref="FlagMeasure"/> is made of. They add up over articles, so that a measure of any choice of articles is a sum.</summary>
internal sealed class FlagCounts
{
    /// <summary>Bins of equal width that confidences are sorted into.</summary>
    public const int Bins = 10;

    private readonly int[] _flags = new int[Bins], _right = new int[Bins];
    private readonly double[] _confidence = new double[Bins];
    private int _gold, _found, _sameFamily, _sameLabel;

    public static FlagCounts Of(EvaluatedArticle evaluated)
    {
        var (article, result) = evaluated;
        var counts = new FlagCounts();
        foreach (var flag in result.Annotations)
        {
            var bin = BinOf(flag.Confidence);
            counts._flags[bin]++;
            counts._right[bin] += FlagMeasure.IsRight(article, flag) ? 1 : 0;
            counts._confidence[bin] += flag.Confidence;
        }

        foreach (var fault in article.Spans)
        {
            counts._gold++;
            var over = result.Annotations.Where(flag => flag.Span.Overlaps(fault.Span)).ToList();
            counts._found += over.Count > 0 ? 1 : 0;
            counts._sameFamily += over.Any(flag => flag.Label.Family() == fault.Label.Family()) ? 1 : 0;
            counts._sameLabel += over.Any(flag => flag.Label == fault.Label) ? 1 : 0;
        }

        return counts;
    }

    public void Add(FlagCounts other)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            _flags[bin] += other._flags[bin];
            _right[bin] += other._right[bin];
            _confidence[bin] += other._confidence[bin];
        }

        _gold += other._gold;
        _found += other._found;
        _sameFamily += other._sameFamily;
        _sameLabel += other._sameLabel;
    }

    public FlagMeasure Measure()
    {
        var flags = _flags.Sum();
        double error = 0;
        for (var bin = 0; bin < Bins; bin++)
            error += Math.Abs(_confidence[bin] - _right[bin]);
        return new FlagMeasure(flags, _right.Sum(), _gold, _found, _sameFamily, _sameLabel, flags == 0 ? 0 : error / flags);
    }

    /// <summary>The bins that hold flags, from the lowest confidence up.</summary>
    public IReadOnlyList<ReliabilityRow> Reliability() =>
    [
        .. Enumerable.Range(0, Bins).Where(bin => _flags[bin] > 0).Select(bin => new ReliabilityRow(
            (double)bin / Bins, (double)(bin + 1) / Bins, _flags[bin], _confidence[bin] / _flags[bin], (double)_right[bin] / _flags[bin])),
    ];

    private static int BinOf(double confidence) => Math.Min(Bins - 1, (int)(confidence * Bins));
}
