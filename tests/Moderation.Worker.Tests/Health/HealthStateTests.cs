using Moderation.Worker.Health;

namespace Moderation.Worker.Tests.Health;

public sealed class HealthStateTests
{
    [Fact]
    public void Level_NothingReported_IsNotReady() => Assert.Equal(HealthLevel.NotReady, new HealthState().Level);

    [Fact]
    public void Level_SeveralParts_IsTheWorst()
    {
        var health = new HealthState();
        health.Report("a", HealthLevel.Ready);
        health.Report("b", HealthLevel.Degraded, "alarm");
        Assert.Equal(HealthLevel.Degraded, health.Level);

        health.Report("c", HealthLevel.NotReady, "gone");

        Assert.Equal(HealthLevel.NotReady, health.Level);
        Assert.Equal(["b: alarm", "c: gone"], health.Reasons);
    }

    [Fact]
    public void Report_SameAgain_RaisesNoEvent()
    {
        var health = new HealthState();
        var changes = 0;
        health.Changed += (_, _, _) => changes++;

        health.Report("a", HealthLevel.Ready);
        health.Report("a", HealthLevel.Ready);
        health.Report("a", HealthLevel.Degraded, "alarm");

        Assert.Equal(2, changes);
    }

    [Fact]
    public void Read_RecordNotRenewed_IsStale()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        var record = new HealthRecord(HealthLevel.Degraded, ["alarm"], 7, DateTimeOffset.UnixEpoch, 2);
        HealthFile.Write(path, record);
        try
        {
            var read = HealthFile.Read(path)!;
            Assert.Equal((HealthLevel.Degraded, 7), (read.Level, read.ProcessId));
            Assert.False(read.IsStale(DateTimeOffset.UnixEpoch.AddSeconds(6)));
            Assert.True(read.IsStale(DateTimeOffset.UnixEpoch.AddSeconds(7)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_NoFile_IsNull() => Assert.Null(HealthFile.Read("/nowhere/health.json"));
}
