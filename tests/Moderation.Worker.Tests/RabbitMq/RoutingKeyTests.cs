using System.Text;
using Moderation.Annotation.Results;
using Moderation.Worker.Pipeline;
using Moderation.Worker.RabbitMq;

namespace Moderation.Worker.Tests.RabbitMq;

public sealed class RoutingKeyTests
{
    [Theory]
    [InlineData("Daily Bugle", "annotated.review.Daily-Bugle")]
    [InlineData("example.org", "annotated.review.example-org")]
    [InlineData("*#.", "annotated.review.---")]
    [InlineData(null, "annotated.review.unknown")]
    [InlineData("  ", "annotated.review.unknown")]
    [InlineData("Ніч", "annotated.review.Ніч")]
    public void RoutingKey_AnyOutlet_HasThreeWordsWithoutWildcards(string? outlet, string expected) => Assert.Equal(expected, RabbitMqTransport.RoutingKey(Published(outlet)));

    [Fact]
    public void RoutingKey_OutletLongerThanAmqpAllows_IsCutBetweenCharacters()
    {
        var key = RabbitMqTransport.RoutingKey(Published(string.Concat(Enumerable.Repeat("\ud83d\ude00", 200))));

        Assert.InRange(Encoding.UTF8.GetByteCount(key), 200, 255);
        Assert.False(char.IsHighSurrogate(key[^1]));
    }

    private static MessageOutcome.Published Published(string? outlet) => new(Guid.Empty, "a", outlet, Disposition.Review, Array.Empty<byte>());
}
