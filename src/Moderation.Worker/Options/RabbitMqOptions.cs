using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Moderation.Worker.Options;

/// <summary>The broker, the names of what is on it, and how long each step may take.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The broker's address: <c>amqp://host:5672/vhost</c>, or <c>amqps://</c> for TLS with the certificate verified.</summary>
    /// <value>Default is <c>amqp://localhost:5672</c>.</value>
    [Required]
    public string Uri { get; set; } = "amqp://localhost:5672";

    /// <summary>The user to log in as, where the address names none.</summary>
    /// <value>Default is <c>guest</c>, which a broker accepts from its own machine only.</value>
    [Required]
    public string User { get; set; } = "guest";

    /// <summary>The user's password, from the environment. Never on a command line.</summary>
    /// <value>Default is null: from <see cref="PasswordFile"/>, else the address, else <c>guest</c>.</value>
    public string? Password { get; set; }

    /// <summary>A file whose first line is the password, such as a container secret. Read again at each connection.</summary>
    /// <value>A path. Default is null.</value>
    public string? PasswordFile { get; set; }

    /// <summary>The certificate authority that the broker's certificate must come from, for a broker whose authority this machine does not trust of itself.</summary>
    /// <value>A path to a PEM file of one or more certificates. Default is null: the authorities that the system trusts. Needs <c>amqps://</c>.</value>
    public string? CaFile { get; set; }

    [ValidateObjectMembers]
    public RabbitMqNames Names { get; set; } = new();

    [ValidateObjectMembers]
    public RabbitMqTimeouts Timeouts { get; set; } = new();

    /// <summary>Whether the worker declares queues, exchanges and bindings at start; what exists otherwise is an error either way.</summary>
    /// <value>Default is true. With false they are only verified, for a user without configure permission.</value>
    public bool Declare { get; set; } = true;

    /// <summary>How many messages the broker hands over before the first is settled.</summary>
    /// <value>Messages, 0 to 2000; 0 means the articles in work plus <see cref="MaxUnconfirmed"/>. Default is 0.</value>
    [Range(0, 2000)]
    public int Prefetch { get; set; }

    /// <summary>How many publishes may be waiting for the broker's confirm. The client itself sets no bound.</summary>
    /// <value>Messages, 1 to 1000. Default is 32.</value>
    [Range(1, 1000)]
    public int MaxUnconfirmed { get; set; } = 32;

    /// <summary>How often a message may come back unsettled before the broker itself dead-letters it (<c>x-delivery-limit</c>).</summary>
    /// <value>Returns, 1 to 1000: one delivery more than that is made. Default is 5.</value>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 5;

    /// <summary>How long a result may be kept while it cannot be published. Then its article is put off for the longest retry delay, no attempt counted.</summary>
    /// <value>Default is 5 minutes; 1 second to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Hold { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long consuming pauses when half of the publishes fail.</summary>
    /// <value>Default is 5 seconds; 500 ms to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(5);

    internal int EffectivePrefetch(ProcessingOptions processing) => Prefetch == 0 ? processing.EffectiveConcurrency + MaxUnconfirmed : Prefetch;
}

/// <summary>Queues and exchanges, so that other programs can rely on them.</summary>
public sealed class RabbitMqNames
{
    /// <summary>The topic exchange that articles are published to.</summary>
    /// <value>Default is <c>moderation.articles</c>.</value>
    [Required]
    public string ArticlesExchange { get; set; } = "moderation.articles";

    /// <summary>The quorum queue that articles are taken from. The retry, isolation and dead-letter names begin with it.</summary>
    /// <value>Default is <c>moderation.articles</c>.</value>
    [Required]
    public string ArticlesQueue { get; set; } = "moderation.articles";

    /// <summary>The topic exchange that results are published to, with routing key <c>annotated.&lt;disposition&gt;.&lt;outlet&gt;</c>.</summary>
    /// <value>Default is <c>moderation.results</c>.</value>
    [Required]
    public string ResultsExchange { get; set; } = "moderation.results";

    /// <summary>The quorum queue bound to every result, so that none is unroutable.</summary>
    /// <value>Default is <c>moderation.results</c>.</value>
    [Required]
    public string ResultsQueue { get; set; } = "moderation.results";

    /// <summary>The exchange and the queue of what could not be processed.</summary>
    internal string Dead => ArticlesQueue + ".dead";

    /// <summary>The queue of messages whose first delivery was never settled; taken one at a time.</summary>
    internal string Isolated => ArticlesQueue + ".isolated";

    /// <summary>The queue that holds a message for that long and then returns it. Named by its delay, so that a changed option makes a new queue.</summary>
    internal string Retry(TimeSpan delay) => $"{ArticlesQueue}.retry.{(long)delay.TotalMilliseconds}ms";
}

/// <summary>How long each step with the broker may take.</summary>
public sealed class RabbitMqTimeouts
{
    /// <summary>One attempt to connect, TLS and login included.</summary>
    /// <value>Default is 10 seconds; 100 ms to 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Connect { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which heartbeats call a connection dead.</summary>
    /// <value>Default is 20 seconds; 1 second to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>One question to the broker: open a channel, declare, subscribe.</summary>
    /// <value>Default is 10 seconds; 100 ms to 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Request { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>One publish up to its confirm. After one that took longer the channel is thrown away.</summary>
    /// <value>Default is 10 seconds; 100 ms to 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Publish { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The first delay before connecting again; it doubles, with jitter, up to <see cref="MaxReconnect"/>.</summary>
    /// <value>Default is 500 ms; 10 ms to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Reconnect { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest delay before connecting again.</summary>
    /// <value>Default is 30 seconds; 10 ms to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan MaxReconnect { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the worker asks the broker whether the queue is there and has its consumer.</summary>
    /// <value>Default is 15 seconds; 100 ms to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Watchdog { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The broker's <c>consumer_timeout</c>: how long it waits for an acknowledgement before it closes the channel. The worker cannot read it, so say it here if it was changed.</summary>
    /// <value>Default is 30 minutes, the broker's own default; 1 second to 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan BrokerAck { get; set; } = TimeSpan.FromMinutes(30);
}
