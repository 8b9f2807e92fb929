using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// Statements of kinds that the guidelines leave alone: what a writer says of himself, and that somebody did not answer; unless a word in them is
/// all but always charged. Wording inside them is judged as elsewhere.
/// </summary>
internal static class PlainStatements
{
    /// <summary>Words between "did" and the verb of answering: "did not immediately respond".</summary>
    private const int MaxBetween = 3;

    /// <summary>Words from the verb to what was not answered: "respond to a request".</summary>
    private const int MaxQuestion = 6;

    private static readonly ulong[] I = Hashes("i", "i'm", "i've", "i'd", "i'll");

    private static readonly ulong[] Openers = Hashes("and", "but", "so", "yet", "or");

    private static readonly ulong[] Refusals = Hashes("not", "didn't", "hasn't", "haven't", "declined");

    private static readonly ulong[] Answers = Hashes("respond", "responded", "reply", "replied", "comment", "answer", "answered", "return", "returned");

    private static readonly ulong[] Questions = Hashes(
        "our", "request", "requests", "call", "calls", "email", "emails", "e-mail", "e-mails", "message", "messages", "question", "questions", "comment", "inquiry", "inquiries", "letter", "letters");

    public static bool IsPlain(Analysis analysis, SpanCandidate statement) =>
        (IsOfTheWriter(analysis, statement) || IsNoAnswer(analysis, statement)) && !HoldsStrongEntry(analysis, statement);

    private static bool HoldsStrongEntry(Analysis analysis, SpanCandidate statement)
    {
        for (var i = statement.FirstToken; i < statement.EndToken; i++)
        {
            if (analysis.Lexical[i] is { Strength: >= LexiconEntry.Strong, Literal: false })
                return true;
        }

        return false;
    }

    /// <summary>"I own shares", "But I'd like to see it": of such statements that models flagged one in seventeen was a fault.</summary>
    private static bool IsOfTheWriter(Analysis analysis, SpanCandidate statement)
    {
        var first = statement.FirstToken;
        if (first < statement.EndToken - 1 && Is(analysis, first, Openers))
            first++;
        return Is(analysis, first, I);
    }

    /// <summary>"The school did not immediately respond to our questions", "has declined to comment".</summary>
    private static bool IsNoAnswer(Analysis analysis, SpanCandidate statement)
    {
        for (var i = statement.FirstToken; i < statement.EndToken - 1; i++)
        {
            if (!Is(analysis, i, Refusals))
                continue;
            for (var verb = i + 1; verb < statement.EndToken && verb <= i + MaxBetween; verb++)
            {
                if (Is(analysis, verb, Answers))
                    return verb + 1 == statement.EndToken || Any(analysis, verb, Math.Min(verb + MaxQuestion, statement.EndToken), Questions);
            }
        }

        return false;
    }

    private static bool Any(Analysis analysis, int first, int end, ulong[] words)
    {
        for (var i = first; i < end; i++)
        {
            if (Is(analysis, i, words))
                return true;
        }

        return false;
    }

    private static bool Is(Analysis analysis, int token, ulong[] words) => Array.IndexOf(words, analysis.Document.Tokens[token].Hash) >= 0;

    private static ulong[] Hashes(params string[] words) => Array.ConvertAll(words, word => NormalForm.Hash(word));
}
