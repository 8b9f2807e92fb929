using Moderation.Worker.FileQueue;

namespace Moderation.Worker.Tests.FileQueue;

public sealed class QueueFoldersTests
{
    [Theory]
    [InlineData("article-1.v2_final")]
    [InlineData("0")]
    public void SafeName_SafeId_IsTheIdItself(string id) => Assert.Equal(id, QueueFolders.SafeName(id));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b")]
    [InlineData("urn:newsml:example:2026")]
    [InlineData(".hidden")]
    [InlineData("-rf")]
    [InlineData("a\0b")]
    [InlineData("\ud83d\ude00")]
    [InlineData("\ud83d")]
    public void SafeName_UnsafeId_StaysInTheFolderAndHasSafeCharactersOnly(string id)
    {
        var name = QueueFolders.SafeName(id);

        Assert.Matches("^[A-Za-z0-9._~-]+$", name);
        Assert.DoesNotContain("..", name, StringComparison.Ordinal);
        Assert.False(name.StartsWith('.') || name.StartsWith('-'), name);
        Assert.Equal("/queue/results", Path.GetDirectoryName(new QueueFolders("/queue").ResultOf(id)));
    }

    [Fact]
    public void SafeName_VeryLongId_FitsAFileName() => Assert.InRange(QueueFolders.SafeName(new string('a', 10_000)).Length, 1, 200);

    [Fact]
    public void SafeName_IdsThatLookAlikeOnceSafe_DoNotShareAName()
    {
        string[] ids = ["a/b", "a:b", "a-b", "a b", "a?b", new string('x', 500), new string('x', 501)];

        Assert.Equal(ids.Length, ids.Select(QueueFolders.SafeName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }
}
