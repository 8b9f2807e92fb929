using System.Text.Json;

namespace Moderation.Contracts.Messages;

/// <summary>schema.org NewsArticle, and its subtypes and relatives, as JSON-LD: alone, in an array, or in a <c>@graph</c>.</summary>
internal static class JsonLdArticle
{
    /// <summary>Types that are articles, each with the IPTC genre that it states, if it states one.</summary>
    private static readonly Dictionary<string, string?> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NewsArticle"] = null,
        ["ReportageNewsArticle"] = null,
        ["BackgroundNewsArticle"] = "Background",
        ["AnalysisNewsArticle"] = "Analysis",
        ["OpinionNewsArticle"] = "Opinion",
        ["ReviewNewsArticle"] = "Review",
        ["AskPublicNewsArticle"] = null,
        ["Article"] = null,
        ["Report"] = null,
        ["BlogPosting"] = null,
        ["LiveBlogPosting"] = null,
        ["SocialMediaPosting"] = null,
        ["SatiricalArticle"] = "Satire",
        ["AdvertiserContentArticle"] = "Advertiser Supplied",
        ["ScholarlyArticle"] = null,
        ["TechArticle"] = null,
        ["CriticReview"] = "Review",
    };

    public static bool IsJsonLd(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => root.TryGetProperty("@type", out _) || root.TryGetProperty("@graph", out _) || root.TryGetProperty("@context", out _),
        JsonValueKind.Array => root.EnumerateArray().Any(static item => item.ValueKind == JsonValueKind.Object && IsJsonLd(item)),
        _ => false,
    };

    /// <summary>The article among the nodes: the first that has a body, otherwise the first.</summary>
    public static MessageFields? Find(JsonElement root, MessageFields.Problem problem)
    {
        MessageFields? first = null;
        foreach (var node in Nodes(root))
        {
            if (TypeOf(node) is null)
                continue;
            var fields = new MessageFields(node, problem);
            if (Property(fields, "articleBody") is not null)
                return fields;
            first ??= fields;
        }

        return first;
    }

    public static ArticleDraft Read(MessageFields fields, InputLimits limits)
    {
        var uri = Value(fields, "url") ?? Value(fields, "mainEntityOfPage") ?? fields.Label("@id");
        var draft = new ArticleDraft
        {
            Id = fields.Label("@id") ?? Value(fields, "identifier") ?? uri,
            Uri = uri,
            Version = fields.Version("version"),
            Headline = Value(fields, "headline") ?? Value(fields, "name"),
            Byline = Value(fields, "author") ?? Value(fields, "creator"),
            Outlet = Value(fields, "publisher") ?? Value(fields, "sourceOrganization"),
            Language = Value(fields, "inLanguage"),
            Genre = GenreOf(fields),
            PublishedAt = fields.Moment("datePublished", "dateCreated"),
        };

        // The body is the one field whose type is not forgiven: a number there is a broken producer.
        var body = fields.Has("articleBody") ? fields.Text("articleBody") : Value(fields, "schema:articleBody");
        if (body is not null && Markup.HtmlReader.LooksLikeMarkup(body))
            draft.UseMarkup(body, xhtml: false, limits);
        else
            draft.Text = body;
        return draft;
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement root)
    {
        var nodes = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root];
        foreach (var node in nodes.Where(static node => node.ValueKind == JsonValueKind.Object))
        {
            yield return node;
            if (!node.TryGetProperty("@graph", out var graph))
                continue;
            if (graph.ValueKind == JsonValueKind.Object)
                yield return graph;
            else if (graph.ValueKind == JsonValueKind.Array)
            {
                foreach (var inner in graph.EnumerateArray().Where(static inner => inner.ValueKind == JsonValueKind.Object))
                    yield return inner;
            }
        }
    }

    private static string? TypeOf(JsonElement node)
    {
        if (!node.TryGetProperty("@type", out var types))
            return null;
        var candidates = types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().ToArray() : [types];
        // Several types may stand together; the one that states a genre says most.
        return candidates
            .Where(static type => type.ValueKind == JsonValueKind.String)
            .Select(static type => LocalName(JsonText.Read(type)))
            .Where(Types.ContainsKey)
            .OrderBy(static name => Types[name] is null)
            .FirstOrDefault();
    }

    /// <summary>"NewsArticle" of "schema:NewsArticle" and "https://schema.org/NewsArticle".</summary>
    private static string LocalName(string type) => type[(type.LastIndexOfAny(['/', '#', ':']) + 1)..];

    private static string? GenreOf(MessageFields fields)
    {
        if (fields.Find("@type") is not null && TypeOf(fields.Element) is { } type && Types[type] is { } genre)
            return genre;
        return Value(fields, "genre") ?? Genres.OfSection(Value(fields, "articleSection"));
    }

    private static JsonElement? Property(MessageFields fields, string name) => fields.Find(name) ?? fields.Find("schema:" + name);

    /// <summary>What a property says, in whichever of JSON-LD's shapes: a string, an object with a name, a list of either.</summary>
    private static string? Value(MessageFields fields, string name) => Property(fields, name) is { } value ? Value(value) : null;

    private static string? Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = JsonText.Read(value);
                return string.IsNullOrWhiteSpace(text) ? null : text;
            case JsonValueKind.Array:
                var items = value.EnumerateArray().Select(Value).OfType<string>().Take(8).ToArray();
                return items.Length == 0 ? null : string.Join(", ", items);
            case JsonValueKind.Object:
                foreach (var part in (ReadOnlySpan<string>)["name", "@value", "value", "alternateName", "@id", "url"])
                {
                    if (value.TryGetProperty(part, out var inner) && inner.ValueKind == JsonValueKind.String)
                        return Value(inner);
                }

                return null;
            default:
                return null;
        }
    }
}
