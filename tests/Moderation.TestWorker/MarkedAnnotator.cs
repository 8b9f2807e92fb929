using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moderation.Annotation.Results;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;

namespace Moderation.TestWorker;

/// <summary>
/// An engine that finds nothing, and that a marker in the text makes crash, hang, be slow or fail. Beside that the path of an article
/// is the real one: the contract's reader and writer, the real processor.
/// </summary>
public sealed class MarkedAnnotator : IAnnotator
{
    /// <summary>Kills the process, as an engine's stack overflow would.</summary>
    public const string Crash = "[[crash]]";

    /// <summary>Never returns and heeds no cancellation.</summary>
    public const string Hang = "[[hang]]";

    /// <summary>Fails every time.</summary>
    public const string Fail = "[[fail]]";

    private readonly ConcurrentDictionary<string, int> attempts = new();

    public EngineDescription Engine { get; } = new("test", new ModelDescription("marked", "1", new string('0', 64)), "default", new Dictionary<string, double>(), "test-engine");

    /// <summary>How often each article was begun.</summary>
    public IReadOnlyDictionary<string, int> Attempts => attempts;

    /// <summary>Takes that long, unless cancelled.</summary>
    public static string Slow(int milliseconds) => $"[[slow:{milliseconds}]]";

    /// <summary>Fails that many times and then succeeds.</summary>
    public static string FailTimes(int times) => $"[[fail:{times}]]";

    public AnnotatedArticle Annotate(Article article, Detail detail = Detail.Flags, CancellationToken cancellation = default)
    {
        var attempt = attempts.AddOrUpdate(article.Id, 1, (_, before) => before + 1);
        Misbehave(article.Text, attempt, cancellation);
        return new AnnotatedArticle
        {
            Article = article,
            Engine = Engine,
            Summary = new Summary(1, 0, 0, Enum.GetValues<Family>().ToDictionary(family => family, _ => 0), default, Disposition.Clear),
            Zones = [],
            Attributions = [],
            Annotations = [],
            Coverage = new Coverage(article.Text.Length, article.Text.Length, "default", []),
        };
    }

    private static void Misbehave(string text, int attempt, CancellationToken cancellation)
    {
        if (text.Contains(Crash, StringComparison.Ordinal))
        {
            Process.GetCurrentProcess().Kill();
        }

        if (text.Contains(Hang, StringComparison.Ordinal))
        {
            Thread.Sleep(Timeout.Infinite);
        }

        if (Number(text, "slow") is { } milliseconds)
        {
            cancellation.WaitHandle.WaitOne(milliseconds);
            cancellation.ThrowIfCancellationRequested();
        }

        if (text.Contains(Fail, StringComparison.Ordinal) || attempt <= Number(text, "fail"))
        {
            throw new InvalidOperationException("The marker asked for a failure.");
        }
    }

    private static int? Number(string text, string marker)
    {
        var start = text.IndexOf($"[[{marker}:", StringComparison.Ordinal);
        return start < 0 ? null : int.Parse(text.AsSpan(start + marker.Length + 3, text.IndexOf("]]", start, StringComparison.Ordinal) - start - marker.Length - 3), CultureInfo.InvariantCulture);
    }
}

public static class MarkedProcessorServices
{
    /// <summary>Adds the real processor over the marked engine.</summary>
    public static IServiceCollection AddMarkedProcessor(this IServiceCollection services)
    {
        services.AddSingleton<MarkedAnnotator>();
        services.AddSingleton<IAnnotator>(provider => provider.GetRequiredService<MarkedAnnotator>());
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ModerationOptions>>().Value.Limits.ToInputLimits());
        services.AddSingleton<IMessageProcessor, AnnotatingProcessor>();
        return services;
    }
}
