using Moderation.Worker.RabbitMq;

namespace Moderation.Worker.Tests.RabbitMq;

public sealed class ConsumeGateTests
{
    [Fact]
    public void Open_TwoPartiesClosedIt_OpensWhenBothAgree()
    {
        var gate = new ConsumeGate();
        var closed = gate.Closed;
        gate.Close("alarm", "memory");
        gate.Close("publisher", "failing");
        var opened = gate.Opened;

        gate.Open("alarm");
        Assert.True(closed.IsCompleted);
        Assert.False(opened.IsCompleted);
        Assert.Equal("failing", gate.Reason);
        gate.Open("publisher");

        Assert.True(opened.IsCompleted);
        Assert.False(gate.Closed.IsCompleted);
    }

    [Fact]
    public void Open_WhoNeverClosedIt_ChangesNothing()
    {
        var gate = new ConsumeGate();

        gate.Open("nobody");

        Assert.True(gate.Opened.IsCompleted);
        Assert.False(gate.Closed.IsCompleted);
    }
}
