using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Moderation.Worker.RabbitMq;

/// <summary>Puts the broker's and the client's errors into words: what is wrong, and what to change.</summary>
internal static class BrokerErrors
{
    private const ushort AccessRefused = 403;
    private const ushort PreconditionFailed = 406;
    private const ushort NotAllowed = 530;

    /// <summary>What a person must change before connecting can work; null where waiting may help.</summary>
    public static string? ConfigurationFault(Exception exception, BrokerAddress address)
    {
        foreach (var cause in Causes(exception))
        {
            switch (cause)
            {
                case PossibleAuthenticationFailureException:
                    return $"The broker at {address} refused user '{address.User}' or its password. Set Moderation:RabbitMq:User and Password or PasswordFile, or the user at the broker.";
                case OperationInterruptedException { ShutdownReason: { ReplyCode: NotAllowed } reason }:
                    return $"The broker at {address} does not let user '{address.User}' in: {reason.ReplyText}. Check the virtual host in Moderation:RabbitMq:Uri and the user's permissions on it.";
                case OperationInterruptedException { ShutdownReason: { ReplyCode: AccessRefused } reason }:
                    return $"User '{address.User}' lacks a permission at {address}: {reason.ReplyText}. Grant it with rabbitmqctl set_permissions, or set Moderation:RabbitMq:Declare to false where only configure is missing.";
                case AuthenticationException tls:
                    return $"TLS with {address} failed: {Causes(tls).OfType<AuthenticationException>().Last().Message}";
            }
        }

        return null;
    }

    /// <summary>One line about the innermost cause.</summary>
    public static string Describe(Exception exception) => Causes(exception).Last() switch
    {
        OperationInterruptedException { ShutdownReason: { } reason } => Describe(reason),
        TimeoutException => "no answer in time",
        var cause => cause.Message,
    };

    public static string Describe(ShutdownEventArgs reason) => $"{reason.Initiator} closed with {reason.ReplyCode} {reason.ReplyText}";

    public static bool IsInequivalent(Exception exception, out string text)
    {
        var reason = (exception as OperationInterruptedException)?.ShutdownReason;
        text = reason?.ReplyText ?? "";
        return reason?.ReplyCode == PreconditionFailed;
    }

    /// <summary>Whether the broker closed the channel because an acknowledgement took longer than its <c>consumer_timeout</c>.</summary>
    public static bool IsAckTimeout(ShutdownEventArgs? reason) =>
        reason is { ReplyCode: PreconditionFailed } && reason.ReplyText.Contains("delivery acknowledgement on channel", StringComparison.Ordinal);

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
