using System.Diagnostics;

namespace Moderation.Worker.Commands;

/// <summary>A line on standard error that says how far a long run is, if a person is there to see it.</summary>
internal sealed class TerminalProgress : IDisposable
{
    private static readonly TimeSpan QuietStart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _verb;
    private readonly bool _isShown;
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _next = QuietStart;
    private bool _isWritten;

    private TerminalProgress(string verb, bool isShown) => (_verb, _isShown) = (verb, isShown);

    /// <summary>Shown only where results go elsewhere than the terminal, so that the two never mix.</summary>
    public static TerminalProgress ForCommand(string verb) => new(verb, !Console.IsErrorRedirected && Console.IsOutputRedirected);

    public void Report(int count)
    {
        if (!_isShown)
            return;
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (elapsed < _next)
            return;
        _next = elapsed + Interval;
        _isWritten = true;
        Console.Error.Write($"\r{_verb} {count:N0}, {count / elapsed.TotalSeconds:N0} a second\e[K");
    }

    public void Dispose()
    {
        if (_isWritten)
            Console.Error.Write("\r\e[K");
    }
}
