using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moderation.Broker.Tests.Broker;

/// <summary>
/// A RabbitMQ server of the tests' own: free ports, its own port mapper, node name and folders, on the loopback address only. Nothing of
/// it is left when it is disposed.
/// </summary>
public sealed class PrivateBroker : IAsyncLifetime
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private const string Required = "MODERATION_REQUIRE_BROKER";

    private readonly string root = Path.Combine(Path.GetTempPath(), $"moderation-broker-{Guid.NewGuid():N}");
    private readonly int epmdPort = FreePort();
    private readonly int distributionPort = FreePort();
    private readonly string node = $"moderation{Environment.ProcessId}@localhost";
    private Process? server;

    public int Port { get; } = FreePort();

    public string Uri => $"amqp://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The port for TLS.</summary>
    public int TlsPort { get; } = FreePort();

    /// <summary>The authority that signed the broker's certificate, which names 127.0.0.1 only.</summary>
    public string CaFile => Path.Combine(root, "tls", "ca.pem");

    public static bool IsInstalled => File.Exists(Server);

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
        {
            if (Environment.GetEnvironmentVariable(Required) is { Length: > 0 })
            {
                throw new InvalidOperationException($"{Required} is set, but {Server} is not there. Install the package rabbitmq-server.");
            }

            return;
        }

        foreach (var folder in (string[])["mnesia", "log", "home"])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        TestAuthority.WriteTo(Path.Combine(root, "tls"));
        await File.WriteAllTextAsync(Path.Combine(root, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            listeners.ssl.1 = 127.0.0.1:{TlsPort}
            ssl_options.certfile = {root}/tls/server.pem
            ssl_options.keyfile = {root}/tls/server.key
            disk_free_limit.absolute = 50MB

            """);
        await File.WriteAllTextAsync(Path.Combine(root, "plugins"), "[].");
        await StartAsync();
    }

    /// <summary>Ends the test as skipped where no broker is installed.</summary>
    public static void SkipIfNotInstalled() => Assert.SkipUnless(IsInstalled, $"RabbitMQ is not installed ({Server}): apt-get install rabbitmq-server.");

    public async Task StartAsync()
    {
        server = Process.Start(Command("/bin/sh", "-c", $"exec {Server} > {root}/log/console 2>&1"))!;
        await Wait.UntilAsync(async () =>
        {
            if (server.HasExited)
            {
                throw new InvalidOperationException($"The broker did not start; see {root}/log: {await File.ReadAllTextAsync($"{root}/log/console")}");
            }

            return await AcceptsAsync();
        }, TimeSpan.FromSeconds(60), "the broker accepts connections");
    }

    /// <summary>Runs Erlang code in the broker and gives what it evaluates to.</summary>
    public async Task<string> EvalAsync(string code)
    {
        var start = Command("erl_call", "-c", (await File.ReadAllTextAsync(Path.Combine(root, "home", ".erlang.cookie"))).Trim(), "-n", node, "-e");
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        using var call = Process.Start(start)!;
        await call.StandardInput.WriteLineAsync(code);
        call.StandardInput.Close();
        var output = await call.StandardOutput.ReadToEndAsync();
        await call.WaitForExitAsync();
        return call.ExitCode == 0 ? output : throw new InvalidOperationException($"The broker did not evaluate '{code}': {output}");
    }

    /// <summary>Stops and starts the broker's application within its running machine.</summary>
    public async Task RestartAppAsync()
    {
        await EvalAsync("rabbit:stop().");
        await EvalAsync("rabbit:start().");
        await Wait.UntilAsync(AcceptsAsync, TimeSpan.FromSeconds(30), "the broker accepts connections again");
    }

    public async Task KillAsync()
    {
        using var beam = Process.GetProcessById(await ProcessIdAsync());
        beam.Kill();
        await beam.WaitForExitAsync();
        await server!.WaitForExitAsync();
    }

    /// <summary>Freezes the broker for that long, as a stalled machine would.</summary>
    public async Task FreezeAsync(TimeSpan duration)
    {
        var id = await ProcessIdAsync();
        await Signal.SendAsync(id, "STOP");
        try
        {
            await Task.Delay(duration);
        }
        finally
        {
            await Signal.SendAsync(id, "CONT");
        }
    }

    public Task CloseConnectionsAsync() => EvalAsync("[rabbit_networking:close_connection(Pid, \"closed by a test\") || Pid <- rabbit_networking:connections()], ok.");

    public async ValueTask DisposeAsync()
    {
        if (server is null)
        {
            return;
        }

        if (!server.HasExited)
        {
            await Signal.SendAsync(await ProcessIdAsync(), "TERM");
            await server.WaitForExitAsync();
        }

        server.Dispose();
        using var epmd = Process.Start(Command("epmd", "-port", epmdPort.ToString(CultureInfo.InvariantCulture), "-kill"))!;
        await epmd.WaitForExitAsync();
        Directory.Delete(root, recursive: true);
    }

    private async Task<int> ProcessIdAsync()
    {
        var answer = await EvalAsync("os:getpid().");
        return int.Parse(new string([.. answer.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
    }

    private async Task<bool> AcceptsAsync()
    {
        try
        {
            // An open port is not enough: the handshake is answered only once the broker has booted.
            var factory = new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(Uri), RequestedConnectionTimeout = TimeSpan.FromSeconds(2) };
            await using var connection = await factory.CreateConnectionAsync();
            return connection.IsOpen;
        }
        catch (Exception e) when (e is RabbitMQ.Client.Exceptions.BrokerUnreachableException or SocketException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private ProcessStartInfo Command(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments);
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PATH"] = path ?? "/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["HOME"] = Path.Combine(root, "home"),
            ["RABBITMQ_NODENAME"] = node,
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(root, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(root, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(root, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(root, "plugins"),
            ["RABBITMQ_DIST_PORT"] = distributionPort.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_PORT"] = epmdPort.ToString(CultureInfo.InvariantCulture),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        })
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>All tests that use the broker, one after another: most of them break it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrokerCollection : ICollectionFixture<PrivateBroker>
{
    public const string Name = "broker";
}
