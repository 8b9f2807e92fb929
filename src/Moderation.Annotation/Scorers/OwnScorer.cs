using Moderation.Annotation.Results;

namespace Moderation.Annotation.Scorers;

/// <summary>A newsroom's own scorer, and what its flags say.</summary>
/// <param name="Name">Its name, as results carry it.</param>
/// <param name="Family">The family of its flags: lower-case letters, digits and hyphens.</param>
/// <param name="Label">The label of its flags, written likewise.</param>
/// <param name="Threshold">The least probability of a flag, 0..1.</param>
/// <param name="Severity">How much its flags matter.</param>
public sealed record OwnScorer(ITextScorer Scorer, string Name, string Family, string Label, double Threshold, Severity Severity = Severity.Minor);
