using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;
using RabbitMQ.Client;

namespace Moderation.Worker.Commands;

/// <summary>The settings and a broker connection for a command that runs once: a person waits, so it gives up after one timeout.</summary>
internal sealed class BrokerCommandContext : IAsyncDisposable
{
    private readonly IHost host;
    private readonly BrokerConnection connection;
    private readonly LastWarning failures = new();

    private BrokerCommandContext(IHost host)
    {
        this.host = host;
        Options = host.Services.GetRequiredService<IOptions<ModerationOptions>>().Value;
        connection = new BrokerConnection("administer", Options.RabbitMq, TimeProvider.System, failures);
    }

    public ModerationOptions Options { get; }

    public static BrokerCommandContext Create(Dictionary<string, string?> settings, string? configFile)
    {
        settings[$"{ModerationOptions.Section}:Transport"] = nameof(TransportKind.RabbitMq);
        return new BrokerCommandContext(WorkerHost.CreateBuilder(settings, configFile).Build());
    }

    /// <exception cref="TransportException">The broker cannot be reached or refuses.</exception>
    public async Task<IConnection> ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            return await connection.GetAsync(cancellation).WaitAsync(Options.RabbitMq.Timeouts.Connect, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new TransportException($"The broker at {connection.Address} could not be reached within {Options.RabbitMq.Timeouts.Connect}. Check that it runs, and Moderation:RabbitMq:Uri. {failures.Text}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        host.Dispose();
    }

    /// <summary>Keeps what went wrong last for the one message that ends the command; nobody wants a log from it.</summary>
    private sealed class LastWarning : ILogger
    {
        public string Text { get; private set; } = "";

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                Text = $"The last attempt: {formatter(state, exception)}";
            }
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
