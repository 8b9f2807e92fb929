using Moderation.Annotation.Results;

namespace Moderation.Annotation.Detection;

/// <summary>A stretch that may be a flag: proposed by the tagger, weighed by the span model, given a label.</summary>
public sealed class SpanCandidate
{
    public required SpanLayer Layer { get; init; }

    /// <summary>Index into the document's sentences.</summary>
    public required int Sentence { get; init; }

    /// <summary>Position of the sentence among those assessed.</summary>
    public required int Reading { get; init; }

    public required int FirstToken { get; init; }

    public required int EndToken { get; init; }

    public required double Begin { get; init; }

    public required double Extent { get; init; }

    /// <summary>Whether the text is too short to have a context (<see cref="ByLength{T}"/>): then another model weighs it.</summary>
    public required bool ShortText { get; init; }

    /// <summary>Whether a rule, and not the models, decides on it.</summary>
    public bool IsRule { get; init; }

    public float[] Values { get; } = new float[SpanFeatures.Count];

    /// <summary>Score of the span model, before calibration.</summary>
    public double Logit { get; set; }

    /// <summary>Calibrated probability that the span is a fault.</summary>
    public double Probability { get; set; }

    public Label Label { get; set; }

    /// <summary>Scores of the label models, by label; empty until the candidate is given its label.</summary>
    public float[] LabelScores { get; set; } = [];

    public bool Overlaps(SpanCandidate other) => FirstToken < other.EndToken && other.FirstToken < EndToken;
}
