using System.Text;
using Moderation.Annotation.Results;
using Moderation.Contracts.Messages;

namespace Moderation.Contracts.Tests.Messages;

/// <summary>What the reader's tests share: messages in, articles or codes out.</summary>
public abstract class ReadingTest
{
    protected static ArticleReadResult Read(string body, string? contentType = null, InputLimits? limits = null, params (string Name, string Value)[] headers) =>
        Read(Encoding.UTF8.GetBytes(body), contentType, limits, headers);

    protected static ArticleReadResult Read(byte[] body, string? contentType = null, InputLimits? limits = null, params (string Name, string Value)[] headers) =>
        ArticleReader.Read(body, contentType, headers.ToDictionary(static header => header.Name, static header => header.Value), limits ?? InputLimits.Default);

    protected static Article Article(ArticleReadResult result)
    {
        Assert.True(result.IsValid, result.Invalid?.Reason);
        return result.Article;
    }

    protected static InvalidMessage Invalid(string code, ArticleReadResult result)
    {
        Assert.False(result.IsValid, "an article was read");
        Assert.Equal(code, result.Invalid.Code);
        Assert.EndsWith(".", result.Invalid.Reason, StringComparison.Ordinal);
        return result.Invalid;
    }
}
