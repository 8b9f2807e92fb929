namespace Moderation.Annotation.Results;

/// <summary>
/// How sure a flag must be: a whole set of cut-offs, for under a low threshold those by which spans are chosen give way too. Both thresholds
/// are calibrated probabilities, 0..1, found on labelled articles or for a review budget.
/// </summary>
/// <param name="Suggest">Flags under it are not sent.</param>
/// <param name="Confirm">Flags from here on are in the tier "confirm".</param>
public sealed record Profile(string Name, double Suggest, double Confirm)
{
    public const string Default = "news";

    /// <summary>The default profile's <see cref="Suggest"/>: the threshold under which the engine's other cut-offs begin to give way.</summary>
    public const double DefaultSuggest = 0.3;

    /// <summary>Also send flags on the words of speakers, each with its owner.</summary>
    public bool AllVoices { get; init; }

    public Tier TierOf(double probability) => probability >= Confirm ? Tier.Confirm : Tier.Suggest;
}
