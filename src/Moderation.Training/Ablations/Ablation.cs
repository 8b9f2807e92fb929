using Moderation.Annotation.Detection;

namespace Moderation.Training.Ablations;

/// <summary>What a training goes without, to see what it is worth. The whole training goes without nothing.</summary>
/// <param name="Name">For a person, and to choose it by.</param>
internal sealed record Ablation(string Name)
{
    public static Ablation None { get; } = new("nothing");

    /// <summary>All that can be left out, one at a time.</summary>
    public static IReadOnlyList<Ablation> All { get; } =
    [
        new("lexicon entries") { Lexicon = true, Dense = static name => name.Contains("lexicon", StringComparison.Ordinal) },
        new("word classes") { Templates = BitsOf(Template.Class, Template.ClassPair), Dense = static name => name.StartsWith("words of class", StringComparison.Ordinal) },
        new("parts of speech") { Templates = BitsOf(Template.PartOfSpeech, Template.PartOfSpeechPair, Template.PartOfSpeechTriple, Template.LexiconPartOfSpeech) },
        new("affixes and word shapes") { Templates = BitsOf(Template.Suffix, Template.Prefix, Template.Shape) },
        new("word pairs") { Templates = BitsOf(Template.WordPair, Template.WordSkipPair) },
        new("skeleton view") { Templates = BitsOf(Template.Skeleton, Template.SkeletonPair, Template.SkeletonSkipPair), SkeletonView = true },
        new("neighbouring sentences") { Dense = static name => name.StartsWith("neighbours", StringComparison.Ordinal) },
        new("the article in view") { Dense = static name => name.Contains("article", StringComparison.Ordinal) },
        new("who speaks") { Templates = BitsOf(Template.Voice), Dense = static name => name.Contains("attributed", StringComparison.Ordinal) || name.StartsWith("quotation marks", StringComparison.Ordinal), Voices = true },
        new("single sentences") { Examples = true },
        new("plain sentences") { Plain = true },
        new("excerpts") { Excerpts = true },
        new("implied wording") { ImpliedWording = true },
        new("strict span judge") { StrictJudge = true },
    ];

    /// <summary>Kinds of sparse feature, a bit each.</summary>
    public ulong Templates { get; init; }

    /// <summary>Dense features, by name.</summary>
    public Func<string, bool> Dense { get; init; } = static _ => false;

    /// <summary>The lexicon's entries, wherever they are looked up.</summary>
    public bool Lexicon { get; init; }

    /// <summary>The models of the skeleton that are averaged in (<see cref="FeatureView"/>).</summary>
    public bool SkeletonView { get; init; }

    /// <summary>That a speaker's words are not flagged as the author's.</summary>
    public bool Voices { get; init; }

    /// <summary>The flagged sentences that are in no labelled article, those among the plain ones too (<see cref="TrainingData.Examples"/>).</summary>
    public bool Examples { get; init; }

    /// <summary>The articles made of plain sentences (<see cref="TrainingData.Plain"/>).</summary>
    public bool Plain { get; init; }

    /// <summary>The short texts cut from articles (<see cref="Excerpt"/>).</summary>
    public bool Excerpts { get; init; }

    /// <summary>Charged words inside flagged statements as examples (<see cref="PreparedArticle.Implied"/>).</summary>
    public bool ImpliedWording { get; init; }

    /// <summary>That a word is not right merely by standing in a flagged sentence (<see cref="PreparedArticle.IsRight"/>).</summary>
    public bool StrictJudge { get; init; }

    public ulong[] SentenceViews => Left(FeatureView.OfSentence);

    public ulong[] TokenViews => Left(FeatureView.OfToken);

    public ulong LabelTemplates => ~Templates;

    private ulong[] Left(ulong[] views) => [.. views.Take(SkeletonView ? 1 : views.Length).Select(templates => templates & ~Templates)];

    private static ulong BitsOf(params ReadOnlySpan<Template> templates)
    {
        ulong bits = 0;
        foreach (var template in templates)
            bits |= 1ul << (int)template;
        return bits;
    }
}
