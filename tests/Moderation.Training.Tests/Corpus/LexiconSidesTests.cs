using Moderation.Tests;

namespace Moderation.Training.Tests.Corpus;

/// <summary>What the lexicon says of one political side it says of the other, as strongly.</summary>
public sealed class LexiconSidesTests
{
    /// <summary>Phrases in which the word is no side, or that the other side's grammar has no form for.</summary>
    private static readonly HashSet<string> OneSided = new(StringComparer.OrdinalIgnoreCase) { "labour of love", "a senior Tory", "same old Labour" };

    [Theory]
    [InlineData("left-wing", "right-wing")]
    [InlineData("far-left", "far-right")]
    [InlineData("leftist", "rightist")]
    [InlineData("lefty", "righty")]
    [InlineData("liberal", "conservative")]
    [InlineData("liberals", "conservatives")]
    [InlineData("Labour", "Tory")]
    [InlineData("Republican", "Democrat")]
    public void Entries_OfOneSide_HaveOnesOfTheOtherOfTheSameStrength(string one, string other)
    {
        var strengths = WordListReader.Read(Path.Combine(RepositoryFiles.TrainingData, "lexicons")).Entries
            .Select(line => line.Split('\t'))
            .GroupBy(fields => fields[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Max(fields => fields[2])!, StringComparer.OrdinalIgnoreCase);

        var unmatched = new[] { (From: one, To: other), (From: other, To: one) }
            .SelectMany(way => strengths
                .Where(entry => !OneSided.Contains(entry.Key) && Words(entry.Key).Contains(way.From, StringComparer.OrdinalIgnoreCase))
                .Select(entry => (entry.Key, entry.Value, Mirror: string.Join(' ', Words(entry.Key).Select(word => word.Equals(way.From, StringComparison.OrdinalIgnoreCase) ? way.To : word)))))
            .Where(entry => !strengths.TryGetValue(entry.Mirror, out var strength) || strength != entry.Value)
            .ToList();

        Assert.True(unmatched.Count == 0, string.Join("\n", unmatched.Select(entry => $"“{entry.Key}” has strength {entry.Value}, and “{entry.Mirror}” has {strengths.GetValueOrDefault(entry.Mirror, "no entry")}.")));

        static string[] Words(string term) => term.Split(' ');
    }
}
