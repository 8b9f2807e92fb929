namespace Moderation.Annotation.Scorers;

/// <summary>A text classifier from elsewhere, which judges sentences by their bare text. Safe for use from many threads.</summary>
public interface ITextScorer
{
    /// <summary>SHA-256 of the file it came from, in lower-case hexadecimal.</summary>
    string Sha256 { get; }

    /// <summary>For each sentence the probability, 0..1, that it is what the scorer looks for.</summary>
    double[] Score(IReadOnlyList<string> sentences);
}
