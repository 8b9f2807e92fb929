namespace Moderation.Worker.RabbitMq;

/// <summary>Whether consuming is allowed at present. Several parties can each close it; it is open when none does.</summary>
internal sealed class ConsumeGate
{
    private readonly Lock guard = new();
    private readonly Dictionary<string, string> closedBy = [];
    private TaskCompletionSource opened = Completed();
    private TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Opened
    {
        get
        {
            lock (guard)
            {
                return opened.Task;
            }
        }
    }

    public Task Closed
    {
        get
        {
            lock (guard)
            {
                return closed.Task;
            }
        }
    }

    /// <summary>Why the gate is closed, in words.</summary>
    public string Reason
    {
        get
        {
            lock (guard)
            {
                return string.Join("; ", closedBy.Values);
            }
        }
    }

    public void Close(string party, string reason)
    {
        lock (guard)
        {
            closedBy[party] = reason;
            if (opened.Task.IsCompleted)
            {
                opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                closed.TrySetResult();
            }
        }
    }

    public void Open(string party)
    {
        lock (guard)
        {
            if (closedBy.Remove(party) && closedBy.Count == 0)
            {
                closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                opened.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
