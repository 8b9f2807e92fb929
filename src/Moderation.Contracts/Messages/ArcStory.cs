using System.Text.Json;
using Moderation.Annotation.Text;
using Moderation.Contracts.Markup;

namespace Moderation.Contracts.Messages;

/// <summary>An Arc XP ANS story: its content elements come typed, so captions, pull quotes and link boxes are known for what they are.</summary>
internal static class ArcStory
{
    public static bool Recognises(MessageFields fields) =>
        fields.Has("content_elements") || (fields.Has("_id") && fields.KindOf("headlines") == JsonValueKind.Object);

    public static ArticleDraft Read(MessageFields fields, InputLimits limits)
    {
        var draft = new ArticleDraft
        {
            Id = fields.Text("_id"),
            Version = fields.Object("revision")?.Label("revision_id"),
            Uri = fields.Label("canonical_url", "website_url"),
            Outlet = fields.Label("canonical_website", "website") ?? fields.Object("source")?.Label("name"),
            Language = fields.Label("language"),
            Headline = fields.Object("headlines")?.Label("basic", "web", "native", "mobile"),
            Byline = Byline(fields),
            Genre = Genre(fields),
            PublishedAt = fields.Moment("first_publish_date", "publish_date", "display_date", "created_date"),
        };

        var text = new MarkedUpText(limits);
        AppendElements(fields, "content_elements", text);
        draft.Use(text);
        return draft;
    }

    private static void AppendElements(MessageFields parent, string name, MarkedUpText text)
    {
        foreach (var element in parent.Objects(name))
            Append(element, text);
    }

    private static void Append(MessageFields element, MarkedUpText text)
    {
        var type = element.Label("type");
        switch (type)
        {
            case "text":
                AppendMarkup(element, "content", null, text);
                break;
            case "header":
                AppendMarkup(element, "content", IsTopLevel(element) ? ZoneKind.Headline : null, text);
                break;
            case "quote" or "blockquote":
                text.Open(ZoneKind.Quote);
                AppendMarkup(element, "content", null, text);
                AppendElements(element, "content_elements", text);
                if (element.KindOf("citation") == JsonValueKind.Object)
                    AppendMarkup(element.Object("citation")!.Value, "content", null, text);
                text.Close();
                break;
            case "image" or "video" or "graphic":
                if (element.KindOf("caption") == JsonValueKind.String)
                    AppendMarkup(element, "caption", ZoneKind.Caption, text);
                else if (element.KindOf("description") == JsonValueKind.Object)
                    AppendMarkup(element.Object("description")!.Value, "basic", ZoneKind.Caption, text);
                break;
            case "interstitial_link":
                AppendMarkup(element, "content", ZoneKind.Promo, text);
                break;
            case "link_list":
                text.Open(ZoneKind.Promo);
                AppendMarkup(element, "title", null, text);
                AppendElements(element, "items", text);
                text.Close();
                break;
            case "oembed_response":
                if (element.Object("raw_oembed") is { } embedded)
                    AppendMarkup(embedded, "html", ZoneKind.EmbeddedPost, text);
                break;
            case "raw_html":
                AppendMarkup(element, "content", null, text);
                break;
            case "list":
                AppendElements(element, "items", text);
                break;
            case "table":
                AppendElements(element, "header", text);
                foreach (var row in TableRows(element))
                    Append(row, text);
                break;
            case "correction":
                AppendMarkup(element, "text", ZoneKind.Metadata, text);
                break;
            case "element_group":
                AppendElements(element, "content_elements", text);
                break;
            default:
                // Dividers, ratings, custom embeds, references to other documents, and whatever Arc adds next: no text of the article.
                break;
        }
    }

    private static void AppendMarkup(MessageFields element, string field, ZoneKind? zone, MarkedUpText text)
    {
        if (element.Text(field) is not { Length: > 0 } html)
            return;
        text.Open(zone);
        HtmlReader.Append(html, xhtml: false, text);
        text.Close();
    }

    private static bool IsTopLevel(MessageFields header) =>
        header.Find("level") is { ValueKind: JsonValueKind.Number } level && level.TryGetInt32(out var value) && value == 1;

    /// <summary>A table's rows are arrays of text elements, in an array.</summary>
    private static IEnumerable<MessageFields> TableRows(MessageFields table)
    {
        if (table.Find("rows") is not { ValueKind: JsonValueKind.Array } rows)
            yield break;
        foreach (var row in rows.EnumerateArray().Where(static row => row.ValueKind == JsonValueKind.Array))
        {
            foreach (var cell in row.EnumerateArray().Where(static cell => cell.ValueKind == JsonValueKind.Object))
                yield return table.Nested(cell, "rows");
        }
    }

    private static string? Byline(MessageFields fields)
    {
        if (fields.Object("credits") is not { } credits)
            return null;
        var names = credits.Objects("by").Select(static author => author.Label("name", "byline")).OfType<string>().Take(8).ToArray();
        return names.Length == 0 ? null : string.Join(", ", names);
    }

    private static string? Genre(MessageFields fields)
    {
        if (fields.Object("owner")?.Find("sponsored") is { ValueKind: JsonValueKind.True })
            return "Advertiser Supplied";
        var section = fields.Object("taxonomy")?.Object("primary_section");
        return Genres.OfSection(fields.Object("label")?.Object("basic")?.Label("text"))
            ?? Genres.OfSection(fields.Label("subtype"))
            ?? Genres.OfSection(section?.Label("name"))
            ?? Genres.OfSection(section?.Label("_id", "path"));
    }
}
