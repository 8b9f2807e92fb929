using Moderation.Annotation.Attribution;
using Moderation.Tests;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>Files of the repository that only the tests of attribution read.</summary>
internal static class AttributionFiles
{
    public static AttributionLexicon Lexicon { get; } = ReadLexicon();

    public static string Fixtures => Path.Combine(RepositoryFiles.Root, "tests", "Moderation.Annotation.Tests", "Attribution", "Fixtures");

    private static AttributionLexicon ReadLexicon()
    {
        using var reader = new StreamReader(Path.Combine(RepositoryFiles.TrainingData, "lexicons", "attribution.tsv"));
        return AttributionLexicon.Parse(reader);
    }
}
