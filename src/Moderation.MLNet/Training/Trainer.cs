namespace Moderation.MLNet.Training;

/// <summary>The ML.NET trainers that can learn the first pass.</summary>
public enum Trainer
{
    /// <summary>Logistic regression by stochastic dual coordinate ascent.</summary>
    Sdca,

    /// <summary>Logistic regression by L-BFGS, as the built-in learner has it.</summary>
    Lbfgs,

    /// <summary>The averaged perceptron, its margins made into log-odds by Platt scaling.</summary>
    Perceptron,

    /// <summary>Boosted regression trees, of the package Microsoft.ML.FastTree.</summary>
    FastTree,

    /// <summary>Boosted regression trees, of the package Microsoft.ML.LightGbm.</summary>
    LightGbm,
}

/// <summary>The trainers' written names.</summary>
public static class Trainers
{
    /// <summary>Those that this program was built with.</summary>
    public static IReadOnlyList<Trainer> Available { get; } =
    [
        Trainer.Sdca, Trainer.Lbfgs, Trainer.Perceptron,
#if FAST_TREE
        Trainer.FastTree,
#endif
#if LIGHT_GBM
        Trainer.LightGbm,
#endif
    ];

    public static string Name(this Trainer trainer) => trainer switch
    {
        Trainer.Sdca => "sdca",
        Trainer.Lbfgs => "lbfgs",
        Trainer.Perceptron => "perceptron",
        Trainer.FastTree => "fasttree",
        Trainer.LightGbm => "lightgbm",
        _ => throw new ArgumentOutOfRangeException(nameof(trainer), trainer, "There is no such trainer."),
    };
}
