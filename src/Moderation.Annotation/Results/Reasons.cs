namespace Moderation.Annotation.Results;

/// <summary>The sentence that tells a moderator why words were flagged.</summary>
internal static class Reasons
{
    /// <param name="nearestSource">A sentence about the nearest source and why it does not reach; null where sources are not the point.</param>
    public static string Of(Label label, string quote, string? neutral, string? nearestSource = null)
    {
        var rest = label switch
        {
            Label.NameCalling => " puts a contentious label in place of a neutral name or title.",
            Label.EmotiveWording => " is charged where a plain word says the same.",
            Label.Exaggeration => " goes further than the facts given bear out.",
            Label.Puffery => " praises or promotes in the outlet's own voice.",
            Label.FearAppeal => " raises alarm about what might come.",
            Label.SloganRepetition => " is a slogan or catchphrase used as if it were reporting.",
            Label.NoAttribution => " states a disputable fact and names no source.",
            Label.VagueAttribution => " is too vague a source to check: who says so?",
            Label.AnonymousSource => " rests the claim on a source that is not named.",
            Label.UnsupportedMotive => " says what somebody wants, thinks or feels, and names no source for it.",
            Label.UnsupportedCausation => " says that one thing caused another, and names no source for it.",
            Label.PredictionAsFact => " states a forecast as a certainty.",
            Label.OpinionAsFact => " gives the writer's judgement as if it were a fact.",
            Label.VerdictVerb => " rules on truth or motive, where “said” would report.",
            Label.DoubtMarker => " casts doubt by tone instead of by evidence.",
            Label.Signposting => " tells the reader how to take the news.",
            Label.CommentaryInsertion => " breaks into the report with a comment.",
            Label.GroupAppeal => " calls on the reader's loyalty or leaves only two sides.",
            _ => throw new ArgumentOutOfRangeException(nameof(label), label, "There is no such label."),
        };
        var words = Shorten(quote);
        return (neutral, nearestSource) switch
        {
            (null, null) => $"“{words}”{rest}",
            (null, _) => $"“{words}”{rest} {nearestSource}",
            (_, null) => $"“{words}”{rest.AsSpan(0, rest.Length - 1)}; “{neutral}” would be neutral.",
            _ => $"“{words}”{rest.AsSpan(0, rest.Length - 1)}; “{neutral}” would be neutral. {nearestSource}",
        };
    }

    private static string Shorten(string quote)
    {
        const int Longest = 60;
        var one = OneLine(quote);
        if (one.Length <= Longest)
            return one;
        var cut = one.LastIndexOf(' ', Longest);
        if (cut < Longest / 2)
            cut = char.IsHighSurrogate(one[Longest - 1]) ? Longest - 1 : Longest;
        return one[..cut] + " …";
    }

    /// <summary>Runs of white space as one space, none at the ends.</summary>
    private static string OneLine(string quote)
    {
        var isOne = true;
        for (var i = 0; i < quote.Length && isOne; i++)
            isOne = !char.IsWhiteSpace(quote[i]) || quote[i] == ' ' && i > 0 && i + 1 < quote.Length && quote[i - 1] != ' ';
        return isOne ? quote : string.Join(' ', quote.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
