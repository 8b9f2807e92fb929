using System.Diagnostics.CodeAnalysis;

namespace Moderation.Contracts.Results;

/// <summary>A result that breaks the contract and must not be sent: a fault in the engine, never in the message.</summary>
public sealed class ResultInvariantException(string invariant, string detail) : Exception($"The result breaks the contract ({invariant}): {detail}")
{
    /// <summary>Which invariant, by its name: span-in-text, span-splits-character, id-unique, …</summary>
    public string Invariant { get; } = invariant;

    [DoesNotReturn]
    internal static void Throw(string invariant, string detail) => throw new ResultInvariantException(invariant, detail);
}
