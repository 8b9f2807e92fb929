using System.Text.Json;

namespace Moderation.Contracts.Messages;

/// <summary>
/// IPTC ninjs: 3.x (<c>headlines</c>, <c>bodies</c>, camel case), 2.x (the same in lower case) and 1.x (<c>headline</c>,
/// <c>body_text</c>, <c>body_xhtml</c>). Real feeds mix the cases, so both are looked for everywhere.
/// </summary>
internal static class NinjsItem
{
    public static bool Recognises(MessageFields fields) =>
        fields.Has("uri")
        && (fields.Has("bodies") || fields.Has("headlines") || fields.Has("standard")
            || fields.Has("versionCreated") || fields.Has("versioncreated")
            || fields.Has("pubStatus") || fields.Has("pubstatus")
            || fields.Names().Any(static name => name.StartsWith("body_", StringComparison.Ordinal)));

    public static ArticleDraft Read(MessageFields fields, InputLimits limits)
    {
        var draft = new ArticleDraft
        {
            Id = fields.Text("uri"),
            Uri = fields.Label("uri"),
            Version = fields.Version("version"),
            Language = fields.Label("language"),
            Headline = fields.KindOf("headlines") == JsonValueKind.Undefined ? fields.Label("headline", "title") : Main(fields, "headlines"),
            Byline = fields.Label("by", "byline"),
            Outlet = FirstName(fields, "infoSources", "infosources", "infosource") ?? fields.Label("copyrightHolder", "copyrightholder"),
            Genre = FirstName(fields, "genres", "genre"),
            PublishedAt = fields.Moment("contentCreated", "contentcreated", "firstCreated", "firstcreated", "versionCreated", "versioncreated"),
        };

        if (BestBody(fields) is { } body)
        {
            if (body.Kind == BodyKind.Text)
                draft.Text = body.Value;
            else
                draft.UseMarkup(body.Value, body.Kind == BodyKind.Xhtml, limits);
        }

        return draft;
    }

    // Marked-up bodies come first: they keep the paragraphs and captions that a plain-text twin has lost.
    private enum BodyKind
    {
        Xhtml,
        Html,
        Text,
        OtherMarkup,
    }

    private readonly record struct Body(BodyKind Kind, bool IsMain, string Value);

    private static Body? BestBody(MessageFields fields)
    {
        var bodies = new List<Body>();
        foreach (var body in fields.Objects("bodies"))
        {
            if (body.Text("value") is { } value && !string.IsNullOrWhiteSpace(value))
                bodies.Add(new(KindOf(body.Label("contentType", "contenttype"), value), body.Label("role") == "main", value));
        }

        foreach (var name in fields.Names().Where(static name => name.StartsWith("body_", StringComparison.Ordinal)))
        {
            if (fields.Text(name) is { } value && !string.IsNullOrWhiteSpace(value))
                bodies.Add(new(KindOf(name, value), IsMain: false, value));
        }

        return bodies.Count == 0 ? null : bodies.OrderBy(static body => body.Kind).ThenByDescending(static body => body.IsMain).First();
    }

    /// <summary>The kind of a body by its media type, by a 1.x field name (the official 3.x examples use those too), or by its look.</summary>
    private static BodyKind KindOf(string? type, string value)
    {
        if (type is null)
            return Markup.HtmlReader.LooksLikeMarkup(value) ? BodyKind.Html : BodyKind.Text;
        if (type.Contains("xhtml", StringComparison.OrdinalIgnoreCase))
            return BodyKind.Xhtml;
        if (type.Contains("html", StringComparison.OrdinalIgnoreCase))
            return BodyKind.Html;
        if (type.Contains("xml", StringComparison.OrdinalIgnoreCase) || type.Contains("nitf", StringComparison.OrdinalIgnoreCase))
            return BodyKind.OtherMarkup;
        return Markup.HtmlReader.LooksLikeMarkup(value) && !type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ? BodyKind.Html : BodyKind.Text;
    }

    private static string? Main(MessageFields fields, string name)
    {
        string? first = null;
        foreach (var item in fields.Objects(name))
        {
            var value = item.Label("value");
            if (value is not null && item.Label("role") == "main")
                return value;
            first ??= value;
        }

        return first;
    }

    private static string? FirstName(MessageFields fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.KindOf(name) == JsonValueKind.String)
                return fields.Label(name);
            foreach (var item in fields.Objects(name))
            {
                if (item.Label("name", "literal", "code", "uri") is { } label)
                    return label;
            }
        }

        return null;
    }
}
