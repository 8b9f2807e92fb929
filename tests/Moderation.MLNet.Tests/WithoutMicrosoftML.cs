using System.Text.RegularExpressions;
using Moderation.Tests;

namespace Moderation.MLNet.Tests;

/// <summary>Stands in for the tests of this project where the build has no Microsoft.ML: each is listed, and skipped.</summary>
public sealed partial class WithoutMicrosoftML
{
    private const string Reason = "This build has no Microsoft.ML. Where a package source has it, run with UseMicrosoftML=true in the environment.";

    public static IEnumerable<TheoryDataRow<string>> Tests =>
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "tests", "Moderation.MLNet.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => TestName().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}"))
            .Select(name => new TheoryDataRow<string>(name) { Skip = Reason });

    [Theory]
    [MemberData(nameof(Tests))]
    public void Run_WithMicrosoftML_Only(string test) => Assert.Fail($"{test} cannot run without Microsoft.ML.");

    [GeneratedRegex(@"^    public (?:async Task|void) (\w+_\w+)\(", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex TestName();
}
