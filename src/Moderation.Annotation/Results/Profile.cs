namespace Moderation.Annotation.Results;

/// <summary>How sure a flag must be. Both thresholds are calibrated probabilities, 0..1, found on the validation articles.</summary>
/// <param name="Suggest">Flags under it are not sent.</param>
/// <param name="Confirm">Flags from here on are in the tier "confirm".</param>
public sealed record Profile(string Name, double Suggest, double Confirm)
{
    public const string Default = "news";

    /// <summary>Also send flags on the words of speakers, each with its owner.</summary>
    public bool AllVoices { get; init; }

    public Tier TierOf(double probability) => probability >= Confirm ? Tier.Confirm : Tier.Suggest;
}
