namespace Moderation.Annotation.Attribution;

/// <summary>A run of tokens by index, end exclusive.</summary>
internal readonly record struct TokenRange(int First, int End)
{
    public static readonly TokenRange None = new(-1, -1);

    public bool IsEmpty => End <= First;

    public int Length => Math.Max(0, End - First);

    public bool Contains(int token) => First <= token && token < End;
}
