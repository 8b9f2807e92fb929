using Moderation.Annotation.Attribution;
using Moderation.Annotation.Detection.Lexicons;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>Where a flag may begin and end: at words, after a plain subject, and never across a quotation mark into somebody else's words.</summary>
internal static class SpanBorders
{
    /// <summary>Longest stretch, in tokens, that is wording and not a statement.</summary>
    public const int LongestWording = 5;

    private static readonly ulong[] Copulas = [.. new[] { "is", "are", "was", "were" }.Select(word => NormalForm.Hash(word))];
    private static readonly ulong[] Articles = [.. new[] { "a", "an", "the" }.Select(word => NormalForm.Hash(word))];

    /// <summary>The stretch up to the first word of another voice, without marks at its borders save those that belong to a scare quote or end a statement.</summary>
    public static (int First, int End) Trim(Analysis analysis, int first, int end)
    {
        while (first < end && !Begins(analysis, first))
            first++;
        var cut = first;
        while (cut < end && analysis.Voices[cut] is not (Voice.Quoted or Voice.Furniture))
            cut++;
        end = cut;
        while (end > first && !Ends(analysis, end - 1))
            end--;
        return WithoutLoneQuotes(analysis, first, end);
    }

    /// <summary>
    /// Where the charged words begin that are said of a plain subject: of "it was a shameful" at the last word. Where nothing after the verb is
    /// charged, or the subject is, the whole stays.
    /// </summary>
    public static int AfterSubject(Analysis analysis, int first, int end)
    {
        var tokens = analysis.Document.Tokens;
        for (var i = first + 1; i < end - 1 && analysis.Lexical[i - 1].Strength < LexiconEntry.Charged; i++)
        {
            if (!Copulas.Contains(tokens[i].Hash))
                continue;
            if (!HoldsCharge(analysis, i + 1, end))
                return first;
            return i + 3 == end && Articles.Contains(tokens[i + 1].Hash) ? i + 2 : i + 1;
        }

        return first;
    }

    private static bool HoldsCharge(Analysis analysis, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (analysis.Lexical[i].Strength >= LexiconEntry.Charged)
                return true;
        }

        return false;
    }

    /// <summary>A quotation mark at one border alone belongs to a quotation that goes on outside.</summary>
    private static (int First, int End) WithoutLoneQuotes(Analysis analysis, int first, int end)
    {
        var tokens = analysis.Document.Tokens;
        var marks = 0;
        for (var i = first; i < end; i++)
            marks += tokens[i].Kind == TokenKind.QuoteMark ? 1 : 0;
        if (marks % 2 == 0)
            return (first, end);
        if (tokens[first].Kind == TokenKind.QuoteMark)
            return (first + 1, end);
        return end > first && tokens[end - 1].Kind == TokenKind.QuoteMark ? (first, end - 1) : (first, end);
    }

    private static bool Begins(Analysis analysis, int i)
    {
        var token = analysis.Document.Tokens[i];
        if (analysis.Voices[i] is Voice.Quoted or Voice.Furniture)
            return false;
        return token.Kind is TokenKind.Word or TokenKind.Number || token.Kind == TokenKind.QuoteMark || analysis.Document.Text[token.Start] is '(' or '[' or '$' or '£' or '€' or '#';
    }

    private static bool Ends(Analysis analysis, int i)
    {
        var token = analysis.Document.Tokens[i];
        return token.Kind is TokenKind.Word or TokenKind.Number or TokenKind.QuoteMark || analysis.Document.Text[token.Start] is ')' or ']' or '.' or '!' or '?' or '…' or '%';
    }
}
