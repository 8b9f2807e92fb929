using Moderation.Annotation.Results;

namespace Moderation.Contracts.Results;

/// <summary>The nearest names for each label in taxonomies that people know. "Nearest" is meant: none of them is a translation.</summary>
internal static class TaxonomyMaps
{
    /// <param name="Techniques">PTC and SemEval-2023 task 3 persuasion techniques, the nearest first.</param>
    /// <param name="WordsToWatch">The section of Wikipedia's "Manual of Style/Words to watch", or null.</param>
    public sealed record Map(string[] Techniques, string? WordsToWatch);

    private static readonly Map[] Maps =
    [
        new(["Name_Calling,Labeling"], "contentious labels"),
        new(["Loaded_Language"], null),
        new(["Exaggeration,Minimisation"], null),
        new(["Loaded_Language"], "puffery"),
        new(["Appeal_to_fear-prejudice"], null),
        new(["Slogans", "Repetition", "Thought-terminating_Cliches"], "clichés"),
        new([], "verifiability"),
        new(["Obfuscation", "Bandwagon"], "unsupported attributions"),
        new(["Appeal_to_Authority"], "unsupported attributions"),
        new([], null),
        new(["Causal_Oversimplification"], null),
        new(["Exaggeration,Minimisation"], null),
        new(["Loaded_Language", "Appeal_to_Values"], "editorializing"),
        new(["Doubt"], "synonyms for said"),
        new(["Doubt", "Questioning_the_Reputation"], "expressions of doubt"),
        new([], "editorializing"),
        new(["Red_Herring", "Whataboutism", "Straw_Men"], null),
        new(["Flag-Waving", "Bandwagon", "Black-and-White_Fallacy"], null),
    ];

    public static Map Of(Label label) => Maps[(int)label];
}
