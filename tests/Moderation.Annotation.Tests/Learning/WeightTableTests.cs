using Moderation.Annotation.Learning;

namespace Moderation.Annotation.Tests.Learning;

public sealed class WeightTableTests
{
    [Fact]
    public void Add_Row_AddsItsWeightsTimesTheValue()
    {
        var table = new WeightTable(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
        float[] sums = [10, 20, .. new float[table.Stride - 2]];

        table.Add(2, 0.5f, sums);

        Assert.Equal([12.5f, 23f], sums[..2]);
    }

    [Fact]
    public void RowOf_AnyHash_IsARow()
    {
        var table = new WeightTable(1 << 4, 1, new float[1 << 4]);
        var random = new Random(1);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(table.RowOf((ulong)random.NextInt64(long.MinValue, long.MaxValue)), 0, 15));
    }

    [Theory]
    [InlineData(3, 2, 6)]
    [InlineData(4, 2, 7)]
    public void Constructor_WrongSize_ThrowsAndSaysWhy(int rows, int columns, int weights)
    {
        var exception = Assert.Throws<ArgumentException>(() => new WeightTable(rows, columns, new float[weights]));

        Assert.Contains(weights == rows * columns ? "power of two" : $"{weights} weights", exception.Message, StringComparison.Ordinal);
    }
}
