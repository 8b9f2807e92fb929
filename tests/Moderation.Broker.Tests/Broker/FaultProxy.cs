using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Moderation.Broker.Tests.Broker;

/// <summary>Stands between a worker and the broker on the loopback address, and does what networks do.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<int, Link> links = new();
    private readonly int target;
    private readonly Task accepting;
    private int accepted;
    private int refused;

    public FaultProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Uri => $"amqp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How many connections were ever made.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>How many connections were turned away.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>How many bytes were swallowed by black holes.</summary>
    public long Swallowed => links.Values.Sum(link => link.Swallowed);

    /// <summary>Whether new connections are turned away.</summary>
    public bool Refusing { get; set; }

    /// <summary>The most bytes a second that each direction of a connection lets through; 0 for no limit.</summary>
    public int BytesPerSecond { get; set; }

    /// <summary>Only what the broker sends on this connection, counted from 1, is held to <see cref="BytesPerSecond"/>; 0 for everything.</summary>
    public int SlowDownstreamOf { get; set; }

    /// <summary>From now on nothing comes through, but the connections stay open. New ones too, until <see cref="Restore"/>.</summary>
    public bool BlackHole { get; set; }

    /// <summary>Only what the client sends on this connection, counted from 1, is swallowed; 0 for none.</summary>
    public int BlackHoleUpstreamOf { get; set; }

    public void Restore() => (Refusing, BytesPerSecond, SlowDownstreamOf, BlackHole, BlackHoleUpstreamOf) = (false, 0, 0, false, 0);

    /// <summary>Ends all connections with a reset.</summary>
    public int Reset()
    {
        var open = links.Values.Where(link => link.IsOpen).ToArray();
        foreach (var link in open)
        {
            link.Reset();
        }

        return open.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Reset();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stop.Token);
                if (Refusing)
                {
                    client.Close(0);
                    Interlocked.Increment(ref refused);
                    continue;
                }

                var link = new Link(this, Interlocked.Increment(ref accepted), client);
                links[link.Number] = link;
                _ = link.RunAsync(target, stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private sealed class Link(FaultProxy proxy, int number, Socket client) : IDisposable
    {
        private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private long swallowed;

        public int Number => number;

        public long Swallowed => Interlocked.Read(ref swallowed);

        public bool IsOpen { get; private set; } = true;

        public async Task RunAsync(int target, CancellationToken stop)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, stop);
                client.NoDelay = server.NoDelay = true;
                await Task.WhenAny(PumpAsync(client, server, upstream: true, stop), PumpAsync(server, client, upstream: false, stop));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // One side is gone; so must be the other.
            }

            Reset();
        }

        public void Dispose() => Reset();

        public void Reset()
        {
            IsOpen = false;
            client.LingerState = new LingerOption(true, 0);
            client.Dispose();
            server.Dispose();
        }

        private async Task PumpAsync(Socket from, Socket to, bool upstream, CancellationToken stop)
        {
            var buffer = new byte[64 * 1024];
            while (true)
            {
                var count = await from.ReceiveAsync(buffer, stop);
                if (count == 0)
                {
                    return;
                }

                if (proxy.BlackHole || (upstream && proxy.BlackHoleUpstreamOf == number))
                {
                    Interlocked.Add(ref swallowed, count);
                    continue;
                }

                // Whatever was set while it waited for bytes, or while it sends them, holds for them.
                for (int sent = 0, slice; sent < count; sent += slice)
                {
                    var limit = proxy.SlowDownstreamOf == 0 || (!upstream && proxy.SlowDownstreamOf == number) ? proxy.BytesPerSecond : 0;
                    slice = limit == 0 ? count - sent : Math.Clamp(limit / 10, 1, count - sent);
                    await to.SendAsync(buffer.AsMemory(sent, slice), stop);
                    if (limit > 0)
                    {
                        await Task.Delay(TimeSpan.FromSeconds((double)slice / limit), stop);
                    }
                }
            }
        }
    }
}
