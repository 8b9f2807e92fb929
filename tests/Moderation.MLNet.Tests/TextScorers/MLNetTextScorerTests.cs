using System.Security.Cryptography;
using Moderation.Annotation.Learning;
using Moderation.MLNet.Tests.Support;
using Moderation.MLNet.TextScorers;
using Moderation.Training.Tests;

namespace Moderation.MLNet.Tests.TextScorers;

public sealed class MLNetTextScorerTests : IDisposable
{
    private const string Clickbait = "You will not believe what happened next.", Plain = "The council met on Tuesday.";

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "clickbait.zip");

    [Fact]
    public void Score_BinaryClassifier_GivesItsProbability()
    {
        TextModels.SaveBinary(File);

        var scorer = MLNetTextScorer.Load(new TextScorerSettings(File));

        var scores = scorer.Score([Clickbait, Plain]);
        Assert.InRange(scores[0], 0.5, 1);
        Assert.InRange(scores[1], 0, 0.5);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File))), scorer.Sha256);
    }

    [Theory]
    [InlineData("clickbait")]
    [InlineData("0")]
    public void Score_OneClassOfSeveral_GivesThatClassesScore(string which)
    {
        TextModels.SaveMulticlass(File);

        var scorer = MLNetTextScorer.Load(new TextScorerSettings(File, "Sentence", "Score", which));

        var scores = scorer.Score([Clickbait, Plain]);
        Assert.InRange(scores[0], 0.5, 1);
        Assert.InRange(scores[1], 0, 0.5);
    }

    [Fact]
    public void Score_ManyThreads_GiveWhatOneDoes()
    {
        TextModels.SaveBinary(File);
        var scorer = MLNetTextScorer.Load(new TextScorerSettings(File));
        string[] sentences = [.. Enumerable.Range(0, 20).Select(i => i % 3 == 0 ? $"{Clickbait} {i}" : $"{Plain} {i}")];
        var expected = scorer.Score(sentences);

        Parallel.For(0, 64, _ => Assert.Equal(expected, scorer.Score(sentences)));
    }

    [Theory]
    [InlineData("Body", "Probability", null, "has no column 'Body'. It takes 'Text' (String)")]
    [InlineData("Label", "Probability", null, "its input column 'Label' is Boolean, and not text")]
    [InlineData("Text", "Chance", null, "has no column 'Chance'. It gives")]
    [InlineData("Text", "PredictedLabel", null, "its column 'PredictedLabel' is Boolean, and neither a number nor a vector")]
    [InlineData("Text", "Score", null, "holds raw scores, and no probabilities. Name the column that holds the probability")]
    public void Load_WrongColumn_SaysWhatTheModelHas(string input, string score, string? which, string expected)
    {
        TextModels.SaveBinary(File);

        var message = Assert.Throws<ModelFileException>(() => MLNetTextScorer.Load(new TextScorerSettings(File, input, score, which))).Message;

        Assert.Contains(File, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "holds 2 classes: clickbait, plain. Say which is looked for, with Class.")]
    [InlineData("sport", "'sport' is none of them")]
    [InlineData("2", "'2' is none of them")]
    public void Load_ClassNotThere_NamesTheClasses(string? which, string expected)
    {
        TextModels.SaveMulticlass(File);

        var message = Assert.Throws<ModelFileException>(() => MLNetTextScorer.Load(new TextScorerSettings(File, "Sentence", "Score", which))).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoModel_NamesTheFile()
    {
        Assert.Contains(File, Assert.Throws<ModelFileException>(() => MLNetTextScorer.Load(new TextScorerSettings(File))).Message, StringComparison.Ordinal);
        _folder.Write("clickbait.zip", "not a zip");
        Assert.Contains("cannot be read as an ML.NET model", Assert.Throws<ModelFileException>(() => MLNetTextScorer.Load(new TextScorerSettings(File))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
