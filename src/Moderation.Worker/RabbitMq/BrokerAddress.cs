using Moderation.Worker.Options;
using Moderation.Worker.Pipeline;
using RabbitMQ.Client;

namespace Moderation.Worker.RabbitMq;

/// <summary>Where the broker is and who logs in. Prints without the password.</summary>
internal sealed class BrokerAddress
{
    private readonly RabbitMqOptions options;
    private readonly Uri uri;
    private readonly string? passwordInUri;

    public BrokerAddress(RabbitMqOptions options)
    {
        this.options = options;
        uri = new Uri(options.Uri);
        var user = uri.UserInfo.Split(':', 2);
        User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : options.User;
        passwordInUri = user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null;
    }

    public string User { get; }

    /// <summary>A factory that leaves all recovery to the worker: the client would bring back a connection but never a closed channel.</summary>
    public ConnectionFactory CreateFactory() => new()
    {
        // Without the credentials, which the client would put into the message of an error over them.
        Uri = new UriBuilder(uri) { UserName = "", Password = "" }.Uri,
        UserName = User,
        Password = ReadPassword(),
        // After the address: for amqps:// that one turns the check of the host's name off.
        Ssl = BrokerTls.Options(uri, options.CaFile),
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedConnectionTimeout = options.Timeouts.Connect,
        HandshakeContinuationTimeout = options.Timeouts.Connect,
        ContinuationTimeout = options.Timeouts.Request,
        RequestedHeartbeat = options.Timeouts.Heartbeat,
        SocketReadTimeout = options.Timeouts.Heartbeat * 2,
        SocketWriteTimeout = options.Timeouts.Heartbeat * 2,
        // A larger body would end the connection, not the message. This is the most that a broker of its own accord lets through.
        MaxInboundMessageBodySize = 512 * 1024 * 1024,
    };

    public override string ToString() => $"{uri.Scheme}://{uri.Host}:{(uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? 5671 : 5672)}{uri.AbsolutePath.TrimEnd('/')}";

    private string ReadPassword()
    {
        if (options.PasswordFile is not { } file)
        {
            return options.Password ?? passwordInUri ?? ConnectionFactory.DefaultPass;
        }

        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransportException($"The password file cannot be read: {e.Message} Check Moderation:RabbitMq:PasswordFile.", e);
        }
    }
}
