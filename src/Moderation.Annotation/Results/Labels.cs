namespace Moderation.Annotation.Results;

/// <summary>The three families of flags (annotation guidelines).</summary>
public enum Family
{
    LoadedLanguage,
    UnsourcedClaim,
    Editorializing,
}

/// <summary>The eighteen labels (annotation guidelines), in the order of the guidelines' table.</summary>
public enum Label
{
    NameCalling,
    EmotiveWording,
    Exaggeration,
    Puffery,
    FearAppeal,
    SloganRepetition,
    NoAttribution,
    VagueAttribution,
    AnonymousSource,
    UnsupportedMotive,
    UnsupportedCausation,
    PredictionAsFact,
    OpinionAsFact,
    VerdictVerb,
    DoubtMarker,
    Signposting,
    CommentaryInsertion,
    GroupAppeal,
}

/// <summary>The labels' written names and families.</summary>
public static class Labels
{
    private static readonly string[] Names =
    [
        "name-calling", "emotive-wording", "exaggeration", "puffery", "fear-appeal", "slogan-repetition",
        "no-attribution", "vague-attribution", "anonymous-source", "unsupported-motive", "unsupported-causation", "prediction-as-fact",
        "opinion-as-fact", "verdict-verb", "doubt-marker", "signposting", "commentary-insertion", "group-appeal",
    ];

    private static readonly string[] FamilyNames = ["loaded-language", "unsourced-claim", "editorializing"];

    public static IReadOnlyList<Label> All { get; } = Enum.GetValues<Label>();

    public static int Count => Names.Length;

    public static string Name(this Label label) => Names[(int)label];

    public static string Name(this Family family) => FamilyNames[(int)family];

    public static Family Family(this Label label) => (Family)((int)label / 6);

    /// <summary>The label of that written name; false where there is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out Label label)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i]))
            {
                label = (Label)i;
                return true;
            }
        }

        label = default;
        return false;
    }
}
