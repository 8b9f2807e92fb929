using System.ComponentModel.DataAnnotations;
using Moderation.Annotation.Results;

namespace Moderation.Worker.Options;

/// <summary>
/// A text classifier of the newsroom's own, as ML.NET saves one: it judges the sentences that are the author's words, and its flags carry the
/// family and label given here. Needs a program built with Microsoft.ML.
/// </summary>
public sealed class ScorerOptions
{
    private const string NamePattern = "^[a-z][a-z0-9-]*$";

    /// <summary>The classifier's file.</summary>
    /// <value>Path of a zip that ML.NET saved. Required.</value>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>What results call the scorer.</summary>
    /// <value>Default is null: the file's name without its ending.</value>
    public string? Name { get; set; }

    /// <summary>The model's column that takes the text.</summary>
    /// <value>Default is <c>Text</c>.</value>
    [Required]
    public string InputColumn { get; set; } = "Text";

    /// <summary>The model's column that the answer is read from.</summary>
    /// <value>A column of probabilities: one number, or one for each class. Default is <c>Probability</c>.</value>
    [Required]
    public string ScoreColumn { get; set; } = "Probability";

    /// <summary>Where the column has a number for each class: the class that is looked for.</summary>
    /// <value>Its name, or its number from 0. Default is null: the column is one number.</value>
    public string? Class { get; set; }

    /// <summary>From which probability on a sentence is flagged.</summary>
    /// <value>0 to 1. Default is 0.5.</value>
    [Range(0.0, 1.0)]
    public double Threshold { get; set; } = 0.5;

    /// <summary>The family of its flags.</summary>
    /// <value>Lower-case letters, digits and hyphens, such as <c>house-style</c>. Required.</value>
    [Required]
    [RegularExpression(NamePattern)]
    public string Family { get; set; } = "";

    /// <summary>The label of its flags.</summary>
    /// <value>Lower-case letters, digits and hyphens, such as <c>clickbait</c>. Required.</value>
    [Required]
    [RegularExpression(NamePattern)]
    public string Label { get; set; } = "";

    /// <summary>How much its flags matter.</summary>
    /// <value>Default is <see cref="Severity.Minor"/>.</value>
    public Severity Severity { get; set; } = Severity.Minor;

    internal string EffectiveName => Name ?? System.IO.Path.GetFileNameWithoutExtension(Path);
}
