namespace Moderation.Worker.Pipeline;

/// <summary>One message that was set aside.</summary>
/// <param name="Name">Tells it from the others: a file name, or a position in the queue counted from 1.</param>
/// <param name="Body">Reads the original message.</param>
public sealed record DeadLetter(string Name, string Code, string Reason, int Attempts, Func<ReadOnlyMemory<byte>> Body);

/// <summary>What was set aside, on either transport.</summary>
public interface IDeadLetters : IAsyncDisposable
{
    /// <summary>All of them, oldest first. Looking changes nothing.</summary>
    IAsyncEnumerable<DeadLetter> ListAsync(CancellationToken cancellation);

    /// <summary>Puts the named one, or all, back into the queue with attempts forgotten.</summary>
    /// <returns>How many were put back.</returns>
    Task<int> ReplayAsync(string? name, CancellationToken cancellation);
}
