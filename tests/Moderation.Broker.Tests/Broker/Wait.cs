namespace Moderation.Broker.Tests.Broker;

internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for a condition and fails the test, naming it, if it does not come about in time.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(deadline) > limit)
            {
                Assert.Fail($"Waited {limit.TotalSeconds:0.#} s in vain until {what}.");
            }

            await Task.Delay(Interval);
        }
    }

    /// <summary>Waits until a count has grown to a target. Only standing still for that long fails the test: how fast the machine is proves nothing.</summary>
    public static async Task UntilCountAsync(Func<Task<int>> count, int target, TimeSpan standstill, string what)
    {
        var best = int.MinValue;
        var since = TimeProvider.System.GetTimestamp();
        for (var current = await count(); current < target; current = await count())
        {
            if (current > best)
            {
                (best, since) = (current, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(since) > standstill)
            {
                Assert.Fail($"Stood still for {standstill.TotalSeconds:0.#} s at {best} of {target}, waiting until {what}.");
            }

            await Task.Delay(Interval);
        }
    }

    public static Task UntilAsync(Func<bool> condition, TimeSpan limit, string what) => UntilAsync(() => Task.FromResult(condition()), limit, what);
}
