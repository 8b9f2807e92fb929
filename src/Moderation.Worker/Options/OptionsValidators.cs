using Microsoft.Extensions.Options;
using Moderation.Worker.Models;

namespace Moderation.Worker.Options;

/// <summary>Checks every option by itself against its range; generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class ModerationOptionsValidator : IValidateOptions<ModerationOptions>;

/// <summary>Checks what no option shows by itself: the nesting of time budgets, addresses, and where credentials come from.</summary>
internal sealed class CrossFieldValidator : IValidateOptions<ModerationOptions>
{
    public ValidateOptionsResult Validate(string? name, ModerationOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        ValidateBudgets(options, errors);
        ValidateTelemetry(options.Telemetry, errors);
        ValidateProfiles(options, errors);
        if (options.Transport == TransportKind.RabbitMq)
        {
            ValidateAddress(options.RabbitMq, errors);
            ValidateRetryQueues(options.Processing, errors);
        }

        return errors.Build();
    }

    private static void ValidateBudgets(ModerationOptions options, ValidateOptionsResultBuilder errors)
    {
        MustBeShorter(errors, "Shutdown:Drain", options.Shutdown.Drain, "Shutdown:Timeout", options.Shutdown.Timeout, "the process would be stopped in the middle of draining");
        if (options.Telemetry.OtlpEndpoint is not null)
        {
            MustBeShorter(errors, "Shutdown:Drain plus Telemetry:Timeout", options.Shutdown.Drain + options.Telemetry.Timeout, "Shutdown:Timeout", options.Shutdown.Timeout, "telemetry that nobody takes would cut into the drain");
        }

        MustBeShorter(errors, "Shutdown:Timeout", options.Shutdown.Timeout, "Shutdown:Grace", options.Shutdown.Grace, "the supervisor would kill the process while it stops");
        if (options.Transport != TransportKind.RabbitMq)
        {
            return;
        }

        var timeouts = options.RabbitMq.Timeouts;
        MustBeShorter(errors, "Shutdown:Grace", options.Shutdown.Grace, "RabbitMq:Timeouts:BrokerAck", timeouts.BrokerAck, "the broker would take back articles that are still being drained");
        MustBeShorter(errors, "Processing:Timeout plus RabbitMq:Hold", options.Processing.Timeout + options.RabbitMq.Hold, "RabbitMq:Timeouts:BrokerAck", timeouts.BrokerAck, "the broker would close the channel over an article whose result is being held");
        MustBeShorter(errors, "RabbitMq:Timeouts:Publish", timeouts.Publish, "RabbitMq:Hold", options.RabbitMq.Hold, "no publish would ever be tried twice");
        if (timeouts.Reconnect > timeouts.MaxReconnect)
        {
            errors.AddError($"Moderation:RabbitMq:Timeouts:Reconnect ({timeouts.Reconnect}) must not be longer than MaxReconnect ({timeouts.MaxReconnect}).");
        }
    }

    private static void MustBeShorter(ValidateOptionsResultBuilder errors, string inner, TimeSpan innerValue, string outer, TimeSpan outerValue, string consequence)
    {
        if (innerValue >= outerValue)
        {
            errors.AddError($"Moderation:{inner} ({innerValue}) must be shorter than Moderation:{outer} ({outerValue}), or {consequence}.");
        }
    }

    private static void ValidateAddress(RabbitMqOptions options, ValidateOptionsResultBuilder errors)
    {
        // The address is never quoted: it may hold a password.
        if (!Uri.TryCreate(options.Uri, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            errors.AddError("Moderation:RabbitMq:Uri must be an address such as amqp://host:5672/vhost, or amqps:// for TLS.");
        }
        else
        {
            if (uri.Segments.Length > 2)
            {
                errors.AddError("Moderation:RabbitMq:Uri has more than one part in its path. Write a slash in a virtual host's name as %2F.");
            }

            if (options.CaFile is not null && uri.Scheme != "amqps")
            {
                errors.AddError("Moderation:RabbitMq:CaFile is set, but Moderation:RabbitMq:Uri is not amqps://: nothing would be verified.");
            }
        }

        if (options.CaFile is { } authorities && !System.IO.File.Exists(authorities))
        {
            errors.AddError($"Moderation:RabbitMq:CaFile names '{authorities}', which does not exist.");
        }

        if (options.Password is not null && options.PasswordFile is not null)
        {
            errors.AddError("Moderation:RabbitMq:Password and Moderation:RabbitMq:PasswordFile are both set: keep one.");
        }

        if (options.PasswordFile is { } file && !System.IO.File.Exists(file))
        {
            errors.AddError($"Moderation:RabbitMq:PasswordFile names '{file}', which does not exist.");
        }
    }

    /// <summary>Files must be there; whether a model has a profile of some name is known when it is loaded.</summary>
    private static void ValidateProfiles(ModerationOptions options, ValidateOptionsResultBuilder errors)
    {
        foreach (var (setting, profile) in options.OutletProfiles.Select(pair => ($"Moderation:OutletProfiles:{pair.Key}", pair.Value)).Append(("Moderation:Profile", options.Profile)))
        {
            if (string.IsNullOrWhiteSpace(profile))
            {
                errors.AddError($"{setting} is empty: name a profile, or leave it out.");
            }
            else if (ProfileFile.IsFileName(profile) && !System.IO.File.Exists(profile))
            {
                errors.AddError($"{setting} names the profile file '{profile}', which does not exist. \"moderation calibrate --output {profile}\" writes one.");
            }
        }
    }

    private static void ValidateTelemetry(TelemetryOptions options, ValidateOptionsResultBuilder errors)
    {
        if (options.OtlpEndpoint is { } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            errors.AddError("Moderation:Telemetry:OtlpEndpoint must be an address such as http://collector:4318.");
        }
    }

    private static void ValidateRetryQueues(ProcessingOptions options, ValidateOptionsResultBuilder errors)
    {
        // The longest time-to-live that the broker accepts is 2^32 - 1 ms; a retry that waits days is a mistake well before.
        if (options.Retries > 0 && options.DelayBefore(options.Retries) > TimeSpan.FromDays(7))
        {
            errors.AddError($"Moderation:Processing: the last of {options.Retries} retries would wait {options.DelayBefore(options.Retries)}; lower RetryDelay, RetryBackoff or Retries so that it stays under 7 days.");
        }
    }
}
