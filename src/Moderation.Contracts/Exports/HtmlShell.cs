using System.Text;
using System.Text.Encodings.Web;
using Moderation.Annotation.Results;

namespace Moderation.Contracts.Exports;

/// <summary>What the program's web pages share: head and looks, no script, nothing loaded from elsewhere, every text escaped.</summary>
public static class HtmlShell
{
    /// <summary>Closes what <see cref="Open"/> opened.</summary>
    public const string End = "</body>\n</html>\n";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(new TextEncoderSettings(System.Text.Unicode.UnicodeRanges.All));

    /// <summary>Opens a page, up to the beginning of its body.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="furtherCss">Rules of the page's own, after the shared ones.</param>
    public static void Open(string title, string furtherCss, StringBuilder page) =>
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<title>").Append(Escape(title)).Append("</title>\n<style>\n").Append(HtmlPageStyle.Css).Append(furtherCss).Append("</style>\n</head>\n<body>\n");

    public static string Escape(string text) => Encoder.Encode(text);

    /// <summary>The class that gives marks and numbers the family's colour.</summary>
    public static string ClassOf(Family family) => family switch
    {
        Family.LoadedLanguage => "loaded",
        Family.UnsourcedClaim => "unsourced",
        _ => "editorial",
    };
}
