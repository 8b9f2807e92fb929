using System.Collections.Frozen;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using Moderation.Annotation.Text;

namespace Moderation.Contracts.Markup;

/// <summary>What HTML's element, attribute and class names mean for a news article's text.</summary>
internal static class HtmlVocabulary
{
    /// <summary>How much of a class list is read, in UTF-16 code units: far more than anybody writes.</summary>
    private const int MaxClassLength = 1_024;

    private static readonly FrozenSet<string> Blocks = Set(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
        "head header hgroup html legend li main menu nav ol p pre listing plaintext search section summary table tbody tfoot thead tr ul");

    /// <summary>Blocks that stand on a line of their own rather than apart.</summary>
    private static readonly FrozenSet<string> Lines = Set("li tr dt dd thead tbody tfoot summary html body head");

    private static readonly FrozenSet<string> Voids = Set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr");

    /// <summary>Elements whose content is not the article's text.</summary>
    private static readonly FrozenSet<string> Dropped = Set(
        "head title script style noscript template iframe noembed noframes object applet svg math canvas audio video select textarea button datalist progress meter rp");

    private static readonly FrozenSet<string> RawText = Set("script style xmp iframe noembed noframes noscript textarea title plaintext");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownNames = Set(
        string.Join(' ', Blocks.Concat(Voids).Concat(Dropped).Concat(RawText)) +
        " a b big cite code em font i q s small span strike strong sub sup td th time u").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> NotParagraphEnds = Set("body caption head html td th tr tbody tfoot thead");

    private static readonly FrozenSet<string> Attributes = Set("class id role rel itemprop hidden aria-hidden style");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AttributeNames = Attributes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Words in class names and ids that state a kind. The first that matches decides, so the more specific stand first.</summary>
    private static readonly (string Word, ZoneKind Zone)[] ClassWords =
    [
        ("twitter-tweet", ZoneKind.EmbeddedPost), ("twitter-video", ZoneKind.EmbeddedPost), ("instagram-media", ZoneKind.EmbeddedPost),
        ("tiktok-embed", ZoneKind.EmbeddedPost), ("bluesky-embed", ZoneKind.EmbeddedPost), ("mastodon-embed", ZoneKind.EmbeddedPost),
        ("reddit-embed-bq", ZoneKind.EmbeddedPost), ("reddit-card", ZoneKind.EmbeddedPost), ("fb-post", ZoneKind.EmbeddedPost),
        ("telegram-post", ZoneKind.EmbeddedPost), ("embedded-post", ZoneKind.EmbeddedPost), ("social-embed", ZoneKind.EmbeddedPost),
        ("tweet", ZoneKind.EmbeddedPost), ("truthsocial-embed", ZoneKind.EmbeddedPost),
        ("pullquote", ZoneKind.Quote), ("pull-quote", ZoneKind.Quote), ("blockquote", ZoneKind.Quote),
        ("wp-caption-text", ZoneKind.Caption), ("caption", ZoneKind.Caption), ("photo-credit", ZoneKind.Caption), ("image-credit", ZoneKind.Caption),
        ("credit", ZoneKind.Caption),
        ("newsletter", ZoneKind.Promo), ("promo", ZoneKind.Promo), ("related", ZoneKind.Promo), ("recommended", ZoneKind.Promo),
        ("read-more", ZoneKind.Promo), ("readmore", ZoneKind.Promo), ("more-on", ZoneKind.Promo), ("advert", ZoneKind.Promo),
        ("advertisement", ZoneKind.Promo), ("ad", ZoneKind.Promo), ("ads", ZoneKind.Promo), ("sponsored", ZoneKind.Promo),
        ("sponsor", ZoneKind.Promo), ("subscribe", ZoneKind.Promo), ("subscription", ZoneKind.Promo), ("signup", ZoneKind.Promo),
        ("sign-up", ZoneKind.Promo), ("paywall", ZoneKind.Promo), ("recirc", ZoneKind.Promo), ("outbrain", ZoneKind.Promo),
        ("taboola", ZoneKind.Promo), ("trending", ZoneKind.Promo), ("most-read", ZoneKind.Promo), ("share", ZoneKind.Promo),
        ("sharing", ZoneKind.Promo), ("social-links", ZoneKind.Promo), ("comments", ZoneKind.Promo), ("breadcrumb", ZoneKind.Promo),
        ("breadcrumbs", ZoneKind.Promo), ("cookie", ZoneKind.Promo), ("toc", ZoneKind.Promo),
        ("byline", ZoneKind.Byline), ("author", ZoneKind.Byline), ("authors", ZoneKind.Byline),
        ("dateline", ZoneKind.Metadata), ("timestamp", ZoneKind.Metadata), ("pubdate", ZoneKind.Metadata), ("published", ZoneKind.Metadata),
        ("dateblock", ZoneKind.Metadata), ("publish-date", ZoneKind.Metadata), ("updated", ZoneKind.Metadata),
        ("copyright", ZoneKind.Boilerplate), ("disclaimer", ZoneKind.Boilerplate), ("footer", ZoneKind.Boilerplate),
        ("editors-note", ZoneKind.EditorComment), ("editor-note", ZoneKind.EditorComment), ("editorial-note", ZoneKind.EditorComment),
    ];

    /// <summary>Containers of the article itself, whose classes describe the page.</summary>
    private static readonly FrozenSet<string> NeverByClass = Set("html body main article head b i em strong u s sup sub a code font");

    /// <summary>The shared copy of a known name, so that nothing is allocated for a tag.</summary>
    public static string Intern(ReadOnlySpan<char> name) => KnownNames.TryGetValue(name, out var known) ? known : name.ToString();

    public static bool IsReadAttribute(ReadOnlySpan<char> name) => AttributeNames.Contains(name);

    public static bool IsBlock(string name) => Blocks.Contains(name);

    public static bool IsLine(string name) => Lines.Contains(name);

    public static bool IsVoid(string name) => Voids.Contains(name);

    public static bool IsDropped(string name) => Dropped.Contains(name);

    public static bool IsRawText(string name) => RawText.Contains(name);

    public static bool EndsHead(string name) => name == "body" || (Blocks.Contains(name) && name is not ("head" or "html"));

    public static bool EndsParagraph(string name) => (Blocks.Contains(name) && !NotParagraphEnds.Contains(name)) || name == "hr";

    /// <summary>How the tokenizer reads what follows a start tag of that name.</summary>
    public static HtmlParseMode ContentMode(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => RawText.Contains(name) ? HtmlParseMode.Rawtext : HtmlParseMode.PCData,
    };

    /// <summary>Whether the author's own attributes keep the element from being shown.</summary>
    public static bool IsHidden(ref StructHtmlToken tag)
    {
        var attributes = tag.Attributes;
        for (var i = 0; i < attributes.Count; i++)
        {
            var value = attributes[i].Value.Memory.Span;
            var hides = attributes[i].Name.Memory.Span switch
            {
                "hidden" => !value.Equals("until-found", StringComparison.OrdinalIgnoreCase),
                "style" => HidesByStyle(value),
                _ => false,
            };
            if (hides)
                return true;
        }

        return false;
    }

    /// <summary>The kind of text that an element holds, null where its markup states none.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="tag">Its start tag.</param>
    /// <param name="isInBlockquote">A footer there names the quotation's source and is no page footer.</param>
    /// <param name="isCertain">False where only a class name or id says so.</param>
    public static ZoneKind? ZoneOf(string name, ref StructHtmlToken tag, bool isInBlockquote, out bool isCertain)
    {
        isCertain = true;
        ZoneKind? byClass = null;
        var attributes = tag.Attributes;
        for (var i = 0; i < attributes.Count; i++)
        {
            var value = attributes[i].Value.Memory.Span;
            switch (attributes[i].Name.Memory.Span)
            {
                case "class" or "id" when !NeverByClass.Contains(name):
                    byClass ??= ZoneOfClasses(value);
                    break;
                case "role":
                    if (value is "navigation" or "complementary" && name != "aside")
                        return ZoneKind.Promo;
                    if (value is "contentinfo")
                        return ZoneKind.Boilerplate;
                    break;
                case "rel" when value is "author":
                    return ZoneKind.Byline;
                case "itemprop":
                    if (value is "author")
                        return ZoneKind.Byline;
                    if (value is "caption")
                        return ZoneKind.Caption;
                    break;
            }
        }

        var byName = name switch
        {
            "h1" => ZoneKind.Headline,
            "figcaption" or "caption" => ZoneKind.Caption,
            "blockquote" => byClass == ZoneKind.EmbeddedPost ? ZoneKind.EmbeddedPost : ZoneKind.Quote,
            "q" => ZoneKind.Quote,
            "aside" => byClass is ZoneKind.Quote or ZoneKind.EmbeddedPost or ZoneKind.EditorComment ? byClass : ZoneKind.Promo,
            "nav" or "form" or "menu" => ZoneKind.Promo,
            "footer" => isInBlockquote ? null : ZoneKind.Boilerplate,
            "address" => ZoneKind.Byline,
            _ => (ZoneKind?)null,
        };
        if (byName is not null || name == "footer")
            return byName;
        isCertain = byClass is null;
        return byClass;
    }

    private static ZoneKind? ZoneOfClasses(ReadOnlySpan<char> classes)
    {
        classes = classes[..Math.Min(classes.Length, MaxClassLength)];
        foreach (var range in classes.SplitAny(' ', '\t', '\n', '\r', '\f'))
        {
            var one = classes[range];
            // A negation or a state of the page, not the box itself.
            if (one.IsEmpty || one.StartsWith("no-", StringComparison.OrdinalIgnoreCase) || one.StartsWith("has-", StringComparison.OrdinalIgnoreCase)
                || one.StartsWith("with-", StringComparison.OrdinalIgnoreCase) || one.StartsWith("js-", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var (word, zone) in ClassWords)
            {
                if (HasWord(one, word))
                    return zone;
            }
        }

        return null;
    }

    /// <summary>Whether <paramref name="word"/> stands in a class name between its ends, hyphens and underscores.</summary>
    private static bool HasWord(ReadOnlySpan<char> name, string word)
    {
        var from = 0;
        while (true)
        {
            var at = name[from..].IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;
            at += from;
            var end = at + word.Length;
            if ((at == 0 || name[at - 1] is '-' or '_') && (end == name.Length || name[end] is '-' or '_'))
                return true;
            from = at + 1;
        }
    }

    private static bool HidesByStyle(ReadOnlySpan<char> style)
    {
        foreach (var range in style.Split(';'))
        {
            var declaration = style[range];
            var colon = declaration.IndexOf(':');
            if (colon < 0)
                continue;
            var property = declaration[..colon].Trim();
            var value = declaration[(colon + 1)..].Trim();
            if (property.Equals("display", StringComparison.OrdinalIgnoreCase) && value.StartsWith("none", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
