namespace Moderation.Worker.RabbitMq;

/// <summary>Tasks that nobody awaits one by one, but all of which must end before the worker does.</summary>
internal sealed class InFlight
{
    private readonly Lock guard = new();
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;
    private bool closed;

    public void Add(Task task)
    {
        lock (guard)
        {
            count++;
        }

        _ = task.ContinueWith(static (_, self) => ((InFlight)self!).Remove(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes when all tasks have; no more may be added.</summary>
    public Task CompleteAsync()
    {
        lock (guard)
        {
            closed = true;
            if (count == 0)
            {
                empty.TrySetResult();
            }
        }

        return empty.Task;
    }

    private void Remove()
    {
        lock (guard)
        {
            if (--count == 0 && closed)
            {
                empty.TrySetResult();
            }
        }
    }
}
