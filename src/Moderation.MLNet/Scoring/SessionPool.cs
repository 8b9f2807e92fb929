using System.Collections.Concurrent;

namespace Moderation.MLNet.Scoring;

/// <summary>
/// What scores with one loaded model, for one thread at a time each: ML.NET's prediction objects are not to be shared. The pool belongs to its
/// model, so that none can ever score with a model that has been exchanged since.
/// </summary>
/// <param name="create">Makes one more, when all are in use: nobody waits.</param>
internal sealed class SessionPool<T>(Func<T> create)
    where T : class, IDisposable
{
    /// <summary>Sessions kept for later: more than ever run at once would only hold memory.</summary>
    private static readonly int MaxIdle = 2 * Environment.ProcessorCount;

    private readonly ConcurrentBag<T> _idle = [];

    public T Rent() => _idle.TryTake(out var session) ? session : create();

    /// <summary>Takes a session back that has done its work. One that threw is never given back: nobody knows what state it is in.</summary>
    public void Return(T session)
    {
        if (_idle.Count < MaxIdle)
            _idle.Add(session);
        else
            session.Dispose();
    }
}
