using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Detection;

/// <summary>What the sentence models predict, by column of the sentence table.</summary>
public enum SentenceTarget
{
    LoadedLanguage,
    UnsourcedClaim,
    Editorializing,
    Opinion,

    /// <summary>Loaded language or editorializing.</summary>
    Slant,

    /// <summary>A check-worthy factual claim.</summary>
    Claim,
}

/// <summary>The two layers that spans are tagged in, so that a charged word may stand inside a flagged statement.</summary>
public enum SpanLayer
{
    /// <summary>Words and short phrases.</summary>
    Wording,

    /// <summary>Clauses and whole sentences.</summary>
    Statement,
}

/// <summary>A model's two variants: for articles, and for texts too short to have a context.</summary>
public sealed record ByLength<T>(T Article, T Isolated)
{
    /// <summary>Fewest assessed sentences that make a context.</summary>
    public const int MinSentences = 4;

    public T For(int sentences) => sentences >= MinSentences ? Article : Isolated;
}

/// <summary>A logistic model and its calibration on held-out articles.</summary>
public sealed record CalibratedModel(DenseModel Model, Calibration Calibration)
{
    public double Probability(ReadOnlySpan<float> values) => Calibration.Probability(Model.Logit(values));
}

/// <summary>All that was learned, stage by stage in the order in which a document passes through.</summary>
public sealed record DetectionModel
{
    /// <summary>First pass over sentences: a column a <see cref="SentenceTarget"/>.</summary>
    public required WeightTable Sentences { get; init; }

    /// <summary>Biases of the sentence models, by column.</summary>
    public required float[] SentenceBiases { get; init; }

    public required Calibration ClaimCalibration { get; init; }

    /// <summary>Span tagger: begin and inside of the wording layer, begin and inside of the statement layer.</summary>
    public required WeightTable Tagger { get; init; }

    /// <summary>By <see cref="SpanLayer"/>.</summary>
    public required ChainModel[] Chains { get; init; }

    /// <summary>Second pass over sentences, in context: the first five <see cref="SentenceTarget"/>s.</summary>
    public required ByLength<CalibratedModel[]> Context { get; init; }

    /// <summary>Article scores: loaded language, unsourced claims, editorializing, opinion, overall.</summary>
    public required ByLength<CalibratedModel[]> Articles { get; init; }

    /// <summary>Whether a proposed span is a flag, by <see cref="SpanLayer"/>.</summary>
    public required ByLength<CalibratedModel[]> Spans { get; init; }

    /// <summary>Which label a span has: a column a label.</summary>
    public required WeightTable SpanLabels { get; init; }

    /// <summary>Biases of the label models, by label.</summary>
    public required float[] SpanLabelBiases { get; init; }
}
