using System.CommandLine;

namespace Moderation.Worker.Commands;

/// <summary>Which of the shared arguments mean anything to a command; each also takes a file of settings and single ones.</summary>
internal enum SettingsFor
{
    Any,
    Broker,
    Queue,
    Worker,
}

/// <summary>The arguments that several commands share, and the settings they stand for.</summary>
internal sealed class WorkerSettings
{
    private readonly Option<string?> transport = new("--transport", "-t") { Description = "Where articles come from: file or rabbitmq.", HelpName = "file|rabbitmq" };
    private readonly Option<string?> root = new("--root") { Description = "The file queue's folder, with inbox/, results/ and dead/ in it. [default: the current folder]", HelpName = "FOLDER" };
    private readonly Option<string?> uri = new("--uri") { Description = "The broker: amqp://host:5672/vhost, or amqps://. Credentials come from the environment or a file.", HelpName = "ADDRESS" };
    private readonly Option<string?> model = new("--model") { Description = "The model file. [default: the one that came with the program]", HelpName = "FILE" };
    private readonly Option<string?> profile = new("--profile") { Description = "Which thresholds decide what is flagged.", HelpName = "NAME" };
    private readonly Option<string?> config = new("--config") { Description = "A JSON file of settings, read over appsettings.json.", HelpName = "FILE" };
    private readonly Option<string[]> set = new("--set") { Description = "Any other setting, such as --set Processing:Concurrency=4. May be repeated.", HelpName = "KEY=VALUE" };

    public void AddTo(Command command, SettingsFor who)
    {
        Option[] own = who switch
        {
            SettingsFor.Broker => [uri],
            SettingsFor.Queue => [transport, root, uri],
            SettingsFor.Worker => [transport, root, uri, model, profile],
            _ => [],
        };
        foreach (var option in own.Concat([config, set]))
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(uri) is { } address && Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed.UserInfo.Contains(':'))
            {
                result.AddError("--uri must not hold a password, for others can read a command line. Set Moderation__RabbitMq__Password in the environment, or Moderation__RabbitMq__PasswordFile.");
            }

            foreach (var pair in result.GetValue(set) ?? [])
            {
                if (pair.IndexOf('=', StringComparison.Ordinal) < 1)
                {
                    result.AddError($"--set {pair}: write KEY=VALUE, such as Processing:Concurrency=4.");
                }
                else if (pair.Split('=')[0].EndsWith("Password", StringComparison.OrdinalIgnoreCase))
                {
                    result.AddError("--set must not hold a password, for others can read a command line. Set Moderation__RabbitMq__Password in the environment, or Moderation__RabbitMq__PasswordFile.");
                }
            }
        });
    }

    public string? ConfigFile(ParseResult arguments) => arguments.GetValue(config);

    /// <summary>What was given on the command line, by full key. An address implies the transport that has one.</summary>
    public Dictionary<string, string?> Read(ParseResult arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Add(settings, "Transport", arguments.GetValue(transport) ?? (arguments.GetValue(uri) is null ? null : "RabbitMq"));
        Add(settings, "File:Root", arguments.GetValue(root));
        Add(settings, "RabbitMq:Uri", arguments.GetValue(uri));
        Add(settings, "Model", arguments.GetValue(model));
        Add(settings, "Profile", arguments.GetValue(profile));
        foreach (var pair in arguments.GetValue(set) ?? [])
        {
            var parts = pair.Split('=', 2);
            Add(settings, parts[0], parts[1]);
        }

        return settings;
    }

    private static void Add(Dictionary<string, string?> settings, string key, string? value)
    {
        if (value is not null)
        {
            settings[$"{Options.ModerationOptions.Section}:{key}"] = value;
        }
    }
}
