namespace Moderation.Annotation.Text;

/// <summary>How English endings are spelt: the rules that all who make word forms share.</summary>
internal static class Spelling
{
    public static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    public static bool EndsInConsonantY(string word) => word.Length > 2 && word[^1] == 'y' && !IsVowel(word[^2]);

    /// <summary>A plural, or a verb's third person: claims, watches, denies.</summary>
    public static string WithS(string word)
    {
        if (EndsInConsonantY(word))
            return word[..^1] + "ies";
        var hisses = word.EndsWith('s') || word.EndsWith('x') || word.EndsWith('z') || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal);
        return word + (hisses ? "es" : "s");
    }

    /// <summary>A regular past: claimed, denied; <paramref name="doubles"/> where the last letter does: slammed.</summary>
    public static string WithEd(string word, bool doubles) =>
        word.EndsWith('e') ? word + "d"
        : EndsInConsonantY(word) ? word[..^1] + "ied"
        : doubles ? word + word[^1] + "ed"
        : word + "ed";

    /// <summary>An -ing form of a word that does not end in e: claiming; <paramref name="doubles"/> where the last letter does: slamming.</summary>
    public static string WithIng(string word, bool doubles) => doubles ? word + word[^1] + "ing" : word + "ing";

    /// <summary>Whether the letters are such that the last may double: a consonant after a single vowel.</summary>
    public static bool MayDouble(string word) => word.Length > 2 && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'y') && IsVowel(word[^2]) && !IsVowel(word[^3]);
}
