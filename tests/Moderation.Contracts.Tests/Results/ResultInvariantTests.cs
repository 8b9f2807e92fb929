using System.Buffers;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Results;

namespace Moderation.Contracts.Tests.Results;

/// <summary>Every promise of the contract is kept by refusing to send what would break it.</summary>
public sealed class ResultInvariantTests
{
    private static readonly AnnotatedArticle Good = SampleResults.Full();

    public static TheoryData<string, string> Broken => new()
    {
        { "span-in-text", "annotation past the end" },
        { "span-in-text", "negative zone" },
        { "span-in-text", "sentence past the end" },
        { "span-in-text", "attribution source past the end" },
        { "span-in-text", "skipped past the end" },
        { "span-not-empty", "empty annotation" },
        { "span-splits-character", "annotation in an emoji" },
        { "id-unique", "same id twice" },
        { "id-present", "no id" },
        { "reason-present", "no reason" },
        { "annotations-in-order", "out of order" },
        { "probability-in-range", "confidence over one" },
        { "probability-in-range", "score not a number" },
        { "number-finite", "infinite contribution" },
        { "flags-counted", "miscounted flags" },
        { "families-counted", "miscounted families" },
        { "density-finite", "infinite density" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void WriteEvent_BrokenResult_IsNotWritten(string invariant, string how)
    {
        var output = new ArrayBufferWriter<byte>();

        var exception = Assert.Throws<ResultInvariantException>(() => ResultWriter.WriteEvent(Break(how), output));

        Assert.Equal(invariant, exception.Invariant);
        Assert.Equal(0, output.WrittenCount);
    }

    private static AnnotatedArticle Break(string how)
    {
        var first = Good.Annotations[0];
        var past = new TextSpan(3, Good.Article.Text.Length + 1);
        var emoji = Good.Article.Text.IndexOf('\ud83d', StringComparison.Ordinal);
        return how switch
        {
            "annotation past the end" => With(first with { Span = past }),
            "negative zone" => Good with { Zones = [new Zone(ZoneKind.Promo, new TextSpan(-1, 3))] },
            "sentence past the end" => Good with { Sentences = [new SentenceScores(past, 0, 0, 0, 0, 0, 0)] },
            "attribution source past the end" => Good with { Attributions = [new AttributionRelation(SourceKind.Named, past, null, [])] },
            "skipped past the end" => Good with { Coverage = Good.Coverage with { Skipped = [new Skipped(past, "zone", "promo")] } },
            "empty annotation" => With(first with { Span = new TextSpan(3, 3) }),
            "annotation in an emoji" => With(first with { Span = new TextSpan(3, emoji + 1) }),
            "same id twice" => With(first with { Id = Good.Annotations[1].Id }),
            "no id" => With(first with { Id = "" }),
            "no reason" => With(first with { Reason = " " }),
            "out of order" => Good with { Annotations = [.. Good.Annotations.Reverse()] },
            "confidence over one" => With(first with { Confidence = 1.01 }),
            "score not a number" => Good with { Summary = Good.Summary with { Scores = Good.Summary.Scores with { Overall = double.NaN } } },
            "infinite contribution" => With(first with { Evidence = [new Evidence("feature", "f", double.PositiveInfinity)] }),
            "miscounted flags" => Good with { Summary = Good.Summary with { Flags = 7 } },
            "miscounted families" => Good with { Summary = Good.Summary with { ByFamily = new Dictionary<Family, int>() } },
            "infinite density" => Good with { Summary = Good.Summary with { FlagsPer1000Words = double.PositiveInfinity } },
            _ => throw new ArgumentOutOfRangeException(nameof(how), how, null),
        };
    }

    private static AnnotatedArticle With(Annotation.Results.Annotation first) => Good with { Annotations = [first, .. Good.Annotations.Skip(1)] };
}
