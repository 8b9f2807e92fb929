using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Moderation.Worker.Hosting;

namespace Moderation.Worker.Commands;

/// <summary><c>--version</c>: version, commit and model hash, which together say what a result came from.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        // The SDK appends the commit after a plus sign.
        var informational = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var parts = informational.Split('+', 2);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"moderation {parts[0]}");
        output.WriteLine($"commit     {(parts.Length > 1 ? parts[1] : "unknown")}");
        output.WriteLine($"model      {ModelLocation.Describe()}");
        return ExitCodes.Done;
    }
}
