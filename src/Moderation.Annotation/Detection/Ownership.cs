using System.Buffers;
using Moderation.Annotation.Attribution;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Detection;

/// <summary>
/// Whose a stretch is as a whole. The words that name a source and introduce what it said ("According to Maria Holt,") are nobody's claim: a
/// stretch of them and of reported words is the speaker's.
/// </summary>
internal sealed class Ownership : IDisposable
{
    private readonly Document _document;
    private readonly Voice[] _voices;
    private readonly bool[] _introduces;

    /// <param name="voices">For every token whose words it is taken for.</param>
    public Ownership(Document document, Discourse discourse, Voice[] voices)
    {
        _document = document;
        _voices = voices;
        _introduces = ArrayPool<bool>.Shared.Rent(document.Tokens.Length);
        Array.Clear(_introduces, 0, document.Tokens.Length);
        foreach (var attribution in discourse.Attributions)
        {
            Mark(attribution.Source);
            Mark(attribution.Cue);
        }
    }

    /// <summary>Gives the array back to be used for other documents; nothing may be asked after it.</summary>
    public void Dispose() => ArrayPool<bool>.Shared.Return(_introduces);

    /// <summary>Whether more of the words are reported or quoted than are the author's own.</summary>
    public bool IsOthers(int firstToken, int endToken)
    {
        int others = 0, own = 0;
        for (var i = firstToken; i < endToken; i++)
        {
            if (_document.Tokens[i].Kind is not (TokenKind.Word or TokenKind.Number))
                continue;
            if (_voices[i] is Voice.Quoted or Voice.Indirect)
                others++;
            else if (!_introduces[i])
                own++;
        }

        return others > own;
    }

    private void Mark(TextSpan? span)
    {
        if (span is not { } marked)
            return;
        for (var i = _document.TokenAt(marked.Start); i < _document.Tokens.Length && _document.Tokens[i].Start < marked.End; i++)
            _introduces[i] = true;
    }
}
