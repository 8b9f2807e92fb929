using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moderation.Worker.Commands;
using Moderation.Worker.Hosting;
using Moderation.Worker.Models;
using Moderation.Worker.Options;

namespace Moderation.Worker.Tests.Models;

/// <summary>What needs ML.NET, in a program that was built without it: an error that says how to build with it.</summary>
public sealed class MLNetBackendTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderation-mlnet-").FullName;

    public MLNetBackendTests() => Assert.SkipWhen(MLNetBackend.IsAvailable, "This build has Microsoft.ML.");

    [Fact]
    public async Task Train_EngineMLNet_FailsBeforeItTrains()
    {
        var failure = Assert.Throws<CommandFailedException>(() => MLNetBackend.Learner("sdca"));

        Assert.Contains("UseMicrosoftML=true", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, await CommandLine.RunAsync(["train", "--engine", "mlnet", "--data", folder, "--output", folder], TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public async Task Load_ZipAsModel_NamesTheFileAndHowToBuild()
    {
        var path = Path.Combine(folder, "a.zip");
        await File.WriteAllBytesAsync(path, "PK\u0003\u0004"u8.ToArray(), TestContext.Current.CancellationToken);

        var failure = Assert.Throws<CommandFailedException>(() => AnnotatorFactory.Load(path, "news", allVoices: false));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains("UseMicrosoftML=true", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ScorersSet_AreAnErrorAmongTheOthers()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Moderation:Scorers:0:Path"] = "/nowhere/a.zip",
            ["Moderation:Scorers:0:Family"] = "House Style",
            ["Moderation:Scorers:0:Label"] = "clickbait",
            ["Moderation:Scorers:0:Threshold"] = "2",
        }));

        Assert.Contains("UseMicrosoftML=true", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Moderation:Scorers:0:Path names '/nowhere/a.zip', which does not exist", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Family", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Threshold", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoScorersOfOneLabel_AreNamed()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["Moderation:Scorers:0:Path"] = "a.zip", ["Moderation:Scorers:0:Family"] = "house", ["Moderation:Scorers:0:Label"] = "clickbait",
            ["Moderation:Scorers:1:Path"] = "b.zip", ["Moderation:Scorers:1:Family"] = "house", ["Moderation:Scorers:1:Label"] = "clickbait",
        }));

        Assert.Contains("2 scorers of the family 'house' and label 'clickbait'", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ModerationOptions Read(Dictionary<string, string?> settings)
    {
        using var host = WorkerHost.CreateBuilder(settings).Build();
        return host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value;
    }
}
