using Moderation.Annotation.Detection;

namespace Moderation.Training;

/// <summary>
/// A part of the features that a model of its own is trained on; the models of all views are then averaged, which for log-linear models is the
/// same as averaging their weights. Trained together, the words of the training articles would take over most of what the skeleton can
/// explain, and other writers use other words. Feature bagging: C. Sutton, M. Sindelar, A. McCallum, Reducing Weight Undertraining in
/// Structured Discriminative Learning, HLT-NAACL 2006.
/// </summary>
internal static class FeatureView
{
    private static readonly ulong Skeleton = BitsOf(Template.Skeleton, Template.SkeletonPair, Template.SkeletonSkipPair);

    private static readonly ulong Spelling = BitsOf(Template.Word, Template.WordPair, Template.WordSkipPair, Template.Suffix, Template.Prefix);

    /// <summary>The templates of each view of a sentence: its words and all that the lists say of them; its skeleton alone.</summary>
    public static ulong[] OfSentence { get; } = [~Skeleton, Skeleton, BitsOf(Template.Skeleton)];

    /// <summary>The templates of each view of a token: with its words and their spelling; with the skeleton instead.</summary>
    public static ulong[] OfToken { get; } = [~Skeleton, ~Spelling, ~(Spelling | Skeleton)];

    /// <summary>Whether a view sees the words themselves, and not only what kind of words they are.</summary>
    public static bool HasWords(ulong templates) => (templates & Spelling) != 0;

    private static ulong BitsOf(params ReadOnlySpan<Template> templates)
    {
        ulong bits = 0;
        foreach (var template in templates)
            bits |= 1ul << (int)template;
        return bits;
    }
}
