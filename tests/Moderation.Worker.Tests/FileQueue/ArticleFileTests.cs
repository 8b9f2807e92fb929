using Moderation.Contracts.Messages;
using Moderation.Worker.FileQueue;

namespace Moderation.Worker.Tests.FileQueue;

public sealed class ArticleFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderation-file-").FullName;

    [Theory]
    [InlineData("story.txt", "The council met.", "story")]
    [InlineData("story.html", "<p>The council met.</p>", "story")]
    [InlineData("story.json", "{\"id\":\"other\",\"text\":\"The council met.\"}", "other")]
    public void Read_EachKind_GivesAnArticle(string name, string content, string id)
    {
        var read = ArticleFile.Read(Write(name, content), 1, 1_000);

        var article = ArticleReader.Read(read.Message!.Body, read.Message.ContentType, read.Message.Headers, InputLimits.Default).Article;
        Assert.Equal(id, article!.Id);
        Assert.Equal("The council met.", article.Text.Trim());
    }

    [Theory]
    [InlineData("story.docx", "words", "unsupported-file")]
    [InlineData("story", "words", "unsupported-file")]
    [InlineData("story.txt", "", "empty")]
    [InlineData("story.json", "0123456789", "too-large")]
    public void Read_WhatItCannot_IsRejectedUnread(string name, string content, string code)
    {
        var read = ArticleFile.Read(Write(name, content), 1, 9);

        Assert.Null(read.Message);
        Assert.Equal(code, read.Rejected!.Code);
    }

    [Fact]
    public void Read_FileThatIsGone_IsUnreadable() => Assert.Equal("unreadable", ArticleFile.Read(Path.Combine(folder, "gone.json"), 1, 1_000).Rejected!.Code);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
