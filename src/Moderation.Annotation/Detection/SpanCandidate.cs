using Moderation.Annotation.Results;

namespace Moderation.Annotation.Detection;

/// <summary>A stretch that may be a flag: proposed by the tagger, weighed by the span model, given a label.</summary>
public sealed class SpanCandidate
{
    public SpanLayer Layer { get; set; }

    /// <summary>Index into the document's sentences.</summary>
    public int Sentence { get; set; }

    /// <summary>Position of the sentence among those assessed.</summary>
    public int Reading { get; set; }

    public int FirstToken { get; set; }

    public int EndToken { get; set; }

    public double Begin { get; set; }

    public double Extent { get; set; }

    /// <summary>Whether the text is too short to have a context (<see cref="ByLength{T}"/>): then another model weighs it.</summary>
    public bool ShortText { get; set; }

    /// <summary>Of a statement: logit of a fault of any kind in its sentence, of the second pass, before calibration.</summary>
    public double SentenceFault { get; set; }

    /// <summary>Whether a rule, and not the models, decides on it.</summary>
    public bool IsRule { get; set; }

    /// <summary>The features of the span model (<see cref="SpanFeatures"/>), for training.</summary>
    public float[] Values { get; set; } = [];

    /// <summary>Score of the span model, before calibration.</summary>
    public double Logit { get; set; }

    /// <summary>Calibrated probability that the span is a fault.</summary>
    public double Probability { get; set; }

    public Label Label { get; set; }

    /// <summary>The likeliest of the labels of loaded language, whatever the label.</summary>
    public Label LoadedLabel { get; set; }

    /// <summary>What tells for it and against it; empty until the candidate is a flag.</summary>
    public IReadOnlyList<Evidence> Evidence { get; set; } = [];

    public bool Overlaps(SpanCandidate other) => FirstToken < other.EndToken && other.FirstToken < EndToken;
}
