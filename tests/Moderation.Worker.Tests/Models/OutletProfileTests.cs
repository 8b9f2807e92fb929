using System.Globalization;
using Moderation.Annotation.Results;
using Moderation.Worker.Commands;
using Moderation.Worker.Models;

namespace Moderation.Worker.Tests.Models;

/// <summary>Profiles by outlet and in files of their own, with the default model.</summary>
public sealed class OutletProfileTests : IDisposable
{
    private const string Text = "Mayor slams audit\nThe bungling council has betrayed every single voter, and experts agree that the plan is doomed.\nIt is a shameful disgrace.\nThe mayor ranted about it.";

    private readonly string folder = Directory.CreateTempSubdirectory("moderation-profiles-").FullName;

    [Fact]
    public void Annotate_ArticlesOfSeveralOutlets_EachHasItsOutletsProfile()
    {
        SkipWithoutModel();
        var sure = AnnotatorFactory.LoadForOutlets(null, "news", new Dictionary<string, string>()).Annotate(new Article { Id = "a", Text = Text }).Annotations.Select(flag => flag.Confidence).Order().ToArray();
        var suggest = (sure[0] + sure[^1]) / 2;
        var strict = Write("strict.json", string.Create(CultureInfo.InvariantCulture, $$"""{ "name": "strict", "suggest": {{suggest}}, "confirm": {{sure[^1]}} }"""));
        var annotator = AnnotatorFactory.LoadForOutlets(null, "news", new Dictionary<string, string> { ["Daily News"] = "recall", ["weekly"] = strict });

        var (daily, weekly, other, none) = (Annotate("daily news "), Annotate("Weekly"), Annotate("Monthly"), Annotate(null));

        Assert.Equal(["recall", "strict", "news", "news"], new[] { daily, weekly, other, none }.Select(result => result.Engine.Profile));
        Assert.Equal(suggest, weekly.Engine.Thresholds["suggest"]);
        Assert.True(weekly.Annotations.Count < other.Annotations.Count && other.Annotations.Count <= daily.Annotations.Count);
        Assert.All(weekly.Annotations, flag => Assert.True(flag.Confidence >= suggest));
        Assert.Equal(3, new[] { daily, weekly, other }.Select(result => result.Engine.Fingerprint).Distinct().Count());
        Assert.Single(new[] { daily, weekly, other }.Select(result => result.Engine.Model.Sha256).Distinct());

        AnnotatedArticle Annotate(string? outlet) => annotator.Annotate(new Article { Id = "a", Text = Text, Outlet = outlet });
    }

    [Fact]
    public void LoadForOutlets_UnknownProfiles_AreAllNamedWithThoseThereAre()
    {
        SkipWithoutModel();
        var broken = Write("broken.json", """{ "name": "broken", "suggest": 0.9, "confirm": 0.3 }""");

        var failure = Assert.Throws<CommandFailedException>(() => AnnotatorFactory.LoadForOutlets(null, "fast", new Dictionary<string, string> { ["daily"] = "faster", ["weekly"] = broken }));

        Assert.Contains("Moderation:Profile: the model has no profile 'fast'; it has news, precision, recall", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:OutletProfiles:daily: the model has no profile 'faster'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"Moderation:OutletProfiles:weekly: {broken}: suggest (0.9) and confirm (0.3)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadForOutlets_ProfileOfAnotherModel_IsToldApart()
    {
        SkipWithoutModel();
        var foreign = Write("foreign.json", $$"""{ "name": "foreign", "suggest": 0.5, "confirm": 0.8, "modelSha256": "{{new string('0', 64)}}" }""");
        var unknown = Write("unknown.json", """{ "name": "unknown", "suggest": 0.5, "confirm": 0.8 }""");

        var annotator = AnnotatorFactory.LoadForOutlets(null, "news", new Dictionary<string, string> { ["a"] = foreign, ["b"] = foreign, ["c"] = unknown });

        Assert.Equal([foreign], annotator.Strangers);
        Assert.Equal([foreign], new ReloadableAnnotator(() => annotator).StrangeProfiles);
    }

    [Theory]
    [InlineData("""{ "name": "x", "suggest": 0.5 }""", "confirm")]
    [InlineData("""{ "name": "", "suggest": 0.5, "confirm": 0.6 }""", "no name")]
    [InlineData("""{ "name": "x", "suggest": 0, "confirm": 0.6 }""", "probabilities")]
    [InlineData("""{ "name": "x", "suggest": 0.5, "confirm": 1.1 }""", "probabilities")]
    [InlineData("""{ "name": "x", "sugest": 0.5, "confirm": 0.6 }""", "sugest")]
    [InlineData("null", "no name")]
    [InlineData("", "not a profile")]
    public void Read_NoProfile_NamesTheFileAndWhatIsWrong(string content, string expected)
    {
        var path = Write("own.json", content);

        var message = Assert.Throws<InvalidDataException>(() => ProfileFile.Read(path)).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var profile = new ProfileFile("own", 0.415, 0.7, new string('a', 64), "For “30 flags” a day");

        Assert.Equal(profile, ProfileFile.Read(Write("own.json", profile.ToJson())));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void SkipWithoutModel() => Assert.SkipWhen(ModelLocation.FindDefault() is null, "There is no default model: build one with moderation train.");

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
