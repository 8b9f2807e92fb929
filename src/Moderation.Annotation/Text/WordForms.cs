namespace Moderation.Annotation.Text;

/// <summary>
/// The written forms of an English lemma: regular rules and a table of irregular words. Made for looking up, not for writing: where spelling
/// is in doubt (slam, slamed, slammed) every candidate is given, and what does not exist is never met in a text.
/// </summary>
public sealed class WordForms
{
    private readonly Dictionary<string, string[]> _irregular;

    private WordForms(Dictionary<string, string[]> irregular) => _irregular = irregular;

    /// <summary>Reads lines of "base TAB forms separated by spaces", the first of them a heading.</summary>
    public static WordForms Parse(IEnumerable<string> lines) => new(lines.Skip(1)
        .Select(line => line.Split('\t'))
        .Where(fields => fields.Length == 2)
        .ToDictionary(fields => fields[0], fields => fields[1].Split(' '), StringComparer.Ordinal));

    /// <summary>The lemma itself, its third person or plural, its past and its -ing form.</summary>
    public IEnumerable<string> VerbForms(string lemma)
    {
        yield return lemma;
        if (_irregular.TryGetValue(lemma, out var forms))
        {
            foreach (var form in forms)
                yield return form;
            yield break;
        }

        yield return WithS(lemma);
        yield return Spelling.WithEd(lemma, doubles: false);
        if (lemma.EndsWith('e'))
        {
            yield return lemma[..^1] + "ing";
            if (lemma.EndsWith("ie", StringComparison.Ordinal))
                yield return lemma[..^2] + "ying";
            yield break;
        }

        yield return Spelling.WithIng(lemma, doubles: false);
        if (Spelling.MayDouble(lemma))
        {
            yield return Spelling.WithEd(lemma, doubles: true);
            yield return Spelling.WithIng(lemma, doubles: true);
        }
    }

    /// <summary>The lemma and its plural.</summary>
    public IEnumerable<string> NounForms(string lemma)
    {
        yield return lemma;
        if (_irregular.TryGetValue(lemma, out var forms) && forms.Length == 1)
            yield return forms[0];
        else
            yield return WithS(lemma);
    }

    /// <summary>The lemma's forms as a verb and as a noun, each once.</summary>
    public IEnumerable<string> AllForms(string lemma)
    {
        foreach (var form in VerbForms(lemma))
            yield return form;
        // A regular noun's plural is also the verb's third person.
        if (_irregular.TryGetValue(lemma, out var forms) && forms.Length > 1 && WithS(lemma) is var plural && plural != lemma && !forms.Contains(plural))
            yield return plural;
    }

    private static string WithS(string lemma) => lemma.EndsWith('o') && lemma.Length > 3 ? lemma + "es" : Spelling.WithS(lemma);
}
