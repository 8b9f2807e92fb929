using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;
using Moderation.Worker.Commands;
using Moderation.Worker.Hosting;
using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;
using RabbitMQ.Client;

namespace Moderation.Worker.Benchmarks;

/// <summary>
/// The worker against one that does nothing (<see cref="EchoProcessor"/>), over quorum queues of their own on the broker that is configured: the
/// same messages, the same results, each confirmed and then acknowledged. In turn, and the best run of each counts.
/// </summary>
internal static class BrokerBench
{
    private const string Group = "worker over RabbitMQ, quorum queues";
    private const int Runs = 3;
    private const int PublishBatch = 200;

    /// <param name="settings">Settings of the broker, by full key.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(
        IAnnotator annotator, BenchTexts texts, int messages, Dictionary<string, string?> settings, string? configFile, CancellationToken cancellation)
    {
        var prefix = $"bench-{Guid.NewGuid():N}"[..14];
        var names = $"{ModerationOptions.Section}:RabbitMq:Names:";
        foreach (var (name, value) in new[] { ("ArticlesExchange", "articles"), ("ArticlesQueue", "articles"), ("ResultsExchange", "results"), ("ResultsQueue", "results") })
            settings[names + name] = $"{prefix}.{value}";
        settings[$"{ModerationOptions.Section}:Health:File"] = "";

        await using var broker = BrokerCommandContext.Create(settings, configFile);
        var connection = await broker.ConnectAsync(cancellation);
        var topology = new Topology(broker.Options.RabbitMq, broker.Options.Processing);
        await topology.DeclareAsync(connection, cancellation);
        try
        {
            var articles = Enumerable.Range(0, messages).Select(i => texts.Pieces[i % texts.Pieces.Count] with { Id = $"bench-{i}" }).ToArray();
            var outcomes = await OutcomesAsync(annotator, articles, cancellation);
            double worker = 0, echo = 0;
            for (var run = 0; run < Runs; run++)
            {
                echo = Math.Max(echo, await MeasureAsync(new EchoProcessor(outcomes)));
                worker = Math.Max(worker, await MeasureAsync(null));
            }

            return
            [
                new Figure(Group, "messages/s of a worker that does nothing", echo),
                new Figure(Group, "messages/s of the worker", worker),
                new Figure(Group, "the worker, times the other", worker / echo, 0.5),
            ];

            async Task<double> MeasureAsync(IMessageProcessor? processor)
            {
                await PublishAsync(connection, broker.Options.RabbitMq.Names.ArticlesExchange, articles, cancellation);
                using var host = Build(annotator, processor, settings, configFile);
                var metrics = host.Services.GetRequiredService<WorkerMetrics>();
                var start = TimeProvider.System.GetTimestamp();
                await host.StartAsync(cancellation);
                while (metrics.PublishedTotal < messages)
                    await Task.Delay(2, cancellation);
                var took = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                await host.StopAsync(cancellation);
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
                var results = await channel.QueuePurgeAsync(broker.Options.RabbitMq.Names.ResultsQueue, cancellation);
                return results >= messages ? messages / took : throw new CommandFailedException($"{results} results came out for {messages} articles.");
            }
        }
        finally
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: CancellationToken.None);
            foreach (var queue in topology.Queues)
                await channel.QueueDeleteAsync(queue.Name, cancellationToken: CancellationToken.None);
            foreach (var exchange in topology.Exchanges)
                await channel.ExchangeDeleteAsync(exchange, cancellationToken: CancellationToken.None);
        }
    }

    private static IHost Build(IAnnotator annotator, IMessageProcessor? processor, Dictionary<string, string?> settings, string? configFile)
    {
        var builder = WorkerHost.CreateBuilder(settings, configFile);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(InputLimits.Default);
        builder.Services.AddSingleton(annotator);
        if (processor is null)
            builder.Services.AddSingleton<IMessageProcessor, AnnotatingProcessor>();
        else
            builder.Services.AddSingleton(processor);
        return builder.Build();
    }

    /// <summary>What the worker makes of each article, for the one that does nothing to give back.</summary>
    private static async Task<Dictionary<string, MessageOutcome>> OutcomesAsync(IAnnotator annotator, Article[] articles, CancellationToken cancellation)
    {
        using var host = Build(annotator, null, new Dictionary<string, string?> { [$"{ModerationOptions.Section}:Health:File"] = "" }, null);
        var processor = host.Services.GetRequiredService<IMessageProcessor>();
        var outcomes = new Dictionary<string, MessageOutcome>();
        foreach (var article in articles)
        {
            var message = EchoProcessor.MessageOf(article);
            outcomes[EchoProcessor.KeyOf(message)] = await processor.ProcessAsync(new IncomingMessage(message, "application/json", IncomingMessage.NoHeaders, 1), cancellation);
        }

        return outcomes;
    }

    private static async Task PublishAsync(IConnection connection, string exchange, Article[] articles, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellation);
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json" };
        foreach (var batch in articles.Chunk(PublishBatch))
            await Task.WhenAll(batch.Select(article => channel.BasicPublishAsync(exchange, "bench", mandatory: true, properties, EchoProcessor.MessageOf(article), cancellation).AsTask()));
    }
}
