namespace Moderation.Contracts.Messages;

/// <summary>The project's own article message: <c>id</c>, <c>text</c> or <c>html</c>, and what is known beside them.</summary>
internal static class PlainArticle
{
    public static ArticleDraft Read(MessageFields fields, InputLimits limits)
    {
        var draft = new ArticleDraft
        {
            Id = fields.Text("id"),
            Version = fields.Version("version"),
            Uri = fields.Label("url"),
            Outlet = fields.Label("outlet"),
            Language = fields.Label("language"),
            Genre = fields.Label("genre"),
            Headline = fields.Label("headline"),
            Byline = fields.Label("byline"),
            PublishedAt = fields.Moment("publishedAt"),
        };

        draft.Text = fields.Text("text");
        var html = fields.Text("html");
        if (string.IsNullOrWhiteSpace(draft.Text) && html is not null)
            draft.UseMarkup(html, xhtml: false, limits);
        return draft;
    }
}
