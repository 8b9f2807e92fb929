namespace Moderation.Worker.Hosting;

/// <summary>The exit codes that scripts can rely on.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int SomeInputsFailed = 3;
}
