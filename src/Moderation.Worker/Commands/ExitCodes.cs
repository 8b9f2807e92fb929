namespace Moderation.Worker.Commands;

/// <summary>What the command's exit code tells a script.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int SomeInputsFailed = 3;
}
