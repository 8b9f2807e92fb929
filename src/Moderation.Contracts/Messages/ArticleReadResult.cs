using System.Diagnostics.CodeAnalysis;
using Moderation.Annotation.Results;

namespace Moderation.Contracts.Messages;

/// <summary>What came of reading a message: an article, or the reason why there is none.</summary>
public readonly record struct ArticleReadResult
{
    private ArticleReadResult(Article? article, InvalidMessage? invalid) => (Article, Invalid) = (article, invalid);

    public Article? Article { get; }

    public InvalidMessage? Invalid { get; }

    [MemberNotNullWhen(true, nameof(Article))]
    [MemberNotNullWhen(false, nameof(Invalid))]
    public bool IsValid => Article is not null;

    public static implicit operator ArticleReadResult(Article article) => new(article, null);

    public static implicit operator ArticleReadResult(InvalidMessage invalid) => new(null, invalid);

    public static ArticleReadResult FromArticle(Article article) => article;

    public static ArticleReadResult FromInvalidMessage(InvalidMessage invalid) => invalid;

    internal static ArticleReadResult Refused(string code, string reason) => new InvalidMessage(code, reason);
}
