using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>The forms of English verbs and the plurals of nouns, made when the lexicon is read.</summary>
internal static class Inflection
{
    private static readonly Dictionary<string, string[]> Irregular = Grammar.IrregularForms
        .Split(';')
        .Select(line => line.Split(' '))
        .GroupBy(forms => forms[0], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.SelectMany(forms => forms.Skip(1)).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>Every form of the verb with the tag that names it. An irregular past replaces the regular one, and a listed -ing or -s form that form.</summary>
    public static IEnumerable<(string Form, WordTags Tag)> OfVerb(string lemma)
    {
        yield return (lemma, WordTags.Base);
        var irregular = Irregular.GetValueOrDefault(lemma, []);
        if (lemma == "be")
        {
            foreach (var form in irregular)
                yield return (form, form == "being" ? WordTags.Gerund : WordTags.Past | WordTags.Third);
            yield break;
        }

        var gerund = Array.Find(irregular, f => f.EndsWith("ing", StringComparison.Ordinal)) ?? Gerund(lemma);
        var third = Array.Find(irregular, f => f.EndsWith('s')) ?? Spelling.WithS(lemma);
        yield return (gerund, WordTags.Gerund);
        yield return (third, WordTags.Third);
        var past = false;
        foreach (var form in irregular)
        {
            if (form == gerund || form == third)
                continue;
            yield return (form, past ? WordTags.Past | WordTags.Participle : WordTags.Past);
            past = true;
        }

        // British spelling: labelled, travelling.
        if (lemma.EndsWith("el", StringComparison.Ordinal) && !past)
        {
            yield return (lemma + "led", WordTags.Past);
            yield return (lemma + "ling", WordTags.Gerund);
        }

        if (Irregular.ContainsKey(lemma) && IsUnchanging(lemma))
            yield return (lemma, WordTags.Past);
        else if (!past)
            yield return (Spelling.WithEd(lemma, Doubles(lemma)), WordTags.Past);
    }

    public static string Plural(string noun) => noun switch
    {
        _ when noun.EndsWith("person", StringComparison.Ordinal) => noun + "s",
        _ when noun.EndsWith("man", StringComparison.Ordinal) => noun[..^2] + "en",
        "analysis" => "analyses",
        "hypothesis" => "hypotheses",
        _ => Spelling.WithS(noun),
    };

    private static bool IsUnchanging(string lemma) => lemma is "cut" or "put" or "hit" or "cost" or "cast" or "set" or "let" or "read" or "spread" or "forecast" or "shut" or "quit" or "bet" or "beat";

    private static string Gerund(string lemma)
    {
        if (lemma.EndsWith("ie", StringComparison.Ordinal))
            return lemma[..^2] + "ying";
        if (lemma.EndsWith('e') && lemma.Length > 2 && !lemma.EndsWith("ee", StringComparison.Ordinal) && !lemma.EndsWith("oe", StringComparison.Ordinal))
            return lemma[..^1] + "ing";
        return Spelling.WithIng(lemma, Doubles(lemma));
    }

    /// <summary>One syllable that ends consonant, vowel, consonant: slam, slammed.</summary>
    private static bool Doubles(string lemma) => lemma.Length <= 5 && Spelling.MayDouble(lemma) && !lemma.AsSpan(0, lemma.Length - 2).ContainsAny("aeiou");
}
