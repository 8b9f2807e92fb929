using System.CommandLine;
using Moderation.Worker.Commands;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Tests.Commands;

/// <summary>What scripts and people rely on: names of commands and options, help and version.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("annotate", "--color --detail --format --genre --help --input --max-text-length --model --profile --voices")]
    [InlineData("train", "--data --help --output")]
    [InlineData("evaluate", "--compare --compare-profile --help --model --part --profile --report --worst")]
    [InlineData("calibrate", "--articles-per-day --flags-per-day --help --model --name --output --part --precision --recall")]
    public void Help_OfACommand_NamesItsOptions(string command, string options)
    {
        using var help = new StringWriter();

        var code = CommandLine.Create().Parse([command, "--help"]).Invoke(new InvocationConfiguration { Output = help });

        Assert.Equal(ExitCodes.Done, code);
        Assert.All(options.Split(' '), option => Assert.Contains(option, help.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Help_OfTheProgram_NamesEveryCommand()
    {
        var root = CommandLine.Create();
        using var help = new StringWriter();

        root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = help });

        Assert.All(root.Subcommands, command => Assert.Contains($"  {command.Name} ", help.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Version_NamesVersionCommitAndModel()
    {
        using var output = new StringWriter();

        CommandLine.Create().Parse(["--version"]).Invoke(new InvocationConfiguration { Output = output });

        Assert.Matches(@"^moderation \d+\.\d+\.\d+\ncommit     \S+\nmodel      \S.*\n$", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task RunAsync_MissingModel_FailsAndSaysWhatToDo()
    {
        var missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());

        var failure = Assert.Throws<CommandFailedException>(() => AnnotatorFactory.Load(missing, "news", allVoices: false));

        Assert.Contains(missing, failure.Message, StringComparison.Ordinal);
        Assert.Contains("moderation train", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, await CommandLine.RunAsync(["train", "--data", missing], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_NoCommand_ExitsWithTwo() =>
        Assert.Equal(ExitCodes.WrongUsage, await CommandLine.RunAsync([], TestContext.Current.CancellationToken));
}
