using Moderation.Annotation.Detection;
using Moderation.Annotation.Detection.Lexicons;

namespace Moderation.Training.Tests;

/// <summary>Word lists that have nothing in them but their headings, for tests of what needs no word.</summary>
internal static class BareWordLists
{
    public static WordLists Instance { get; } = new WordListText([], ["term\tclass"], ["word\ttags"], ["word\tsame"], ["base\tforms"], "term\tlabel\tstrength\tneutral\tliteral").Build();
}
