using Moderation.Annotation.Text;

namespace Moderation.Training.Corpus;

/// <summary>What an article is used for.</summary>
public enum Part
{
    Train,
    Validation,
    Test,
}

/// <summary>
/// The fixed split by article: the hash of an article's id decides, so that no article ever changes sides when others are added. Of a hundred
/// articles about seventy train, fifteen validate and fifteen test.
/// </summary>
public static class Split
{
    /// <summary>Folds that the training articles are dealt into for cross-fitting.</summary>
    public const int Folds = 5;

    public static Part Of(string articleId) => (Scatter(articleId) % 100) switch
    {
        < 70 => Part.Train,
        < 85 => Part.Validation,
        _ => Part.Test,
    };

    public static int FoldOf(string articleId) => (int)(Scatter(articleId) / 100 % Folds);

    private static ulong Scatter(string articleId) => NormalForm.Mix(NormalForm.Hash(articleId));
}
