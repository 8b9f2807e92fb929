using Moderation.Annotation.Results;

namespace Moderation.Worker.Commands;

/// <summary>How the terminal at the other end is written to: its width, and whether it shows colour.</summary>
internal sealed record TerminalStyle(bool UsesColor, int Width)
{
    /// <summary>Columns of text that read well, whatever the window.</summary>
    private const int MaxWidth = 100;

    /// <summary>Columns where there is no window to ask.</summary>
    private const int DefaultWidth = 88;

    private const int MinWidth = 40;

    public const string Reset = "\e[0m";

    /// <param name="color">auto, always or never.</param>
    public static TerminalStyle Detect(string color)
    {
        var usesColor = color switch
        {
            "always" => true,
            "never" => false,
            _ => !Console.IsOutputRedirected
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        };
        return new(usesColor, Math.Clamp(WindowWidth() ?? DefaultWidth, MinWidth, MaxWidth));
    }

    public string Bold => UsesColor ? "\e[1m" : "";

    public string Dim => UsesColor ? "\e[2m" : "";

    public string Plain => UsesColor ? Reset : "";

    /// <summary>The highlight of a family: dark letters on a pale ground, which show on dark and light terminals alike.</summary>
    public string Highlight(Family family) => !UsesColor ? "" : family switch
    {
        Family.LoadedLanguage => "\e[38;5;16;48;5;222m",
        Family.UnsourcedClaim => "\e[38;5;16;48;5;153m",
        _ => "\e[38;5;16;48;5;182m",
    };

    /// <summary>The family's colour for letters.</summary>
    public string Ink(Family family) => !UsesColor ? "" : family switch
    {
        Family.LoadedLanguage => "\e[33m",
        Family.UnsourcedClaim => "\e[36m",
        _ => "\e[35m",
    };

    public string Ink(Disposition disposition) => !UsesColor ? "" : disposition switch
    {
        Disposition.Clear => "\e[1;32m",
        Disposition.Review => "\e[1;33m",
        _ => "\e[1;31m",
    };

    private static int? WindowWidth()
    {
        if (Console.IsOutputRedirected)
            return null;
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
