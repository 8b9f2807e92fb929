using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Markup;

namespace Moderation.Contracts.Messages;

/// <summary>An article as a payload reader gathers it, before it is known to be whole.</summary>
internal sealed class ArticleDraft
{
    public string? Id { get; set; }

    public string? Text { get; set; }

    public IReadOnlyList<StructureHint> Hints { get; private set; } = [];

    public string? Version { get; set; }

    public string? Uri { get; set; }

    public string? Outlet { get; set; }

    public string? Language { get; set; }

    public string? Genre { get; set; }

    public string? Headline { get; set; }

    public string? Byline { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>What stopped the draft from being read; the first problem stands.</summary>
    public InvalidMessage? Invalid { get; private set; }

    public void UseMarkup(string html, bool xhtml, InputLimits limits)
    {
        var builder = new MarkedUpText(limits);
        HtmlReader.Append(html, xhtml, builder);
        Use(builder);
    }

    public void Use(MarkedUpText text)
    {
        Invalid ??= text.Invalid;
        (Text, Hints) = text.Finish();
    }

    /// <summary>The article, or the first thing that it lacks.</summary>
    public ArticleReadResult ToArticle(InputLimits limits)
    {
        if (Invalid is not null)
            return Invalid;
        if (string.IsNullOrWhiteSpace(Id))
            return ArticleReadResult.Refused(InvalidMessageCodes.NoId, "The article has no id: give it one that stays the same when it is sent again.");
        if (Id.Length > limits.MaxIdLength)
            return ArticleReadResult.Refused(InvalidMessageCodes.IdTooLong, $"The id is {Id.Length:N0} characters and the limit is {limits.MaxIdLength:N0}: shorten it, or raise MaxIdLength.");
        if (string.IsNullOrWhiteSpace(Text))
            return ArticleReadResult.Refused(InvalidMessageCodes.NoText, "The article has no text: send \"text\" or \"html\", or the body field of the format that you use.");
        if (Text.Length > limits.MaxTextLength)
            return MarkedUpText.TooLong(limits);

        return new Article
        {
            Id = Id,
            Text = Text,
            Version = Version,
            Uri = Uri,
            Outlet = Outlet,
            Language = Language,
            Genre = Genre,
            Headline = Headline,
            Byline = Byline,
            PublishedAt = PublishedAt,
            Hints = Hints,
        };
    }
}
