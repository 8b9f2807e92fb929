using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Moderation.Broker.Tests.Harness;

/// <summary>What a worker under test logged.</summary>
internal sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> entries = new();

    public IReadOnlyCollection<(LogLevel Level, int Id, string Text)> Entries => entries;

    public int Count(int eventId) => entries.Count(entry => entry.Id == eventId);

    public bool Has(int eventId) => Count(eventId) > 0;

    public string All => string.Join('\n', entries.Select(entry => $"{entry.Level} {entry.Id} {entry.Text}"));

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        entries.Enqueue((logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }
}
