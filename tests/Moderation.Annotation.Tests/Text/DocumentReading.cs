using Moderation.Annotation.Results;
using Moderation.Annotation.Text;

namespace Moderation.Annotation.Tests.Text;

/// <summary>What the tests of texts share: a text in, its tokens, sentences and paragraphs as strings out.</summary>
internal static class DocumentReading
{
    public static Document Read(string text) => Document.Read(new Article { Id = "test", Text = text });

    public static string[] TokensOf(string text)
    {
        var document = Read(text);
        return [.. document.Tokens.Select(token => document.TextOf(token).ToString())];
    }

    public static string[] SentencesOf(string text) => [.. Read(text).Sentences.Select(sentence => sentence.Span.Of(text).ToString())];

    public static string[] ParagraphsOf(string text) => [.. Read(text).Paragraphs.Select(paragraph => paragraph.Span.Of(text).ToString())];

    /// <summary>The text with what nobody sees made visible, for messages.</summary>
    public static string Show(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and < '\u007F' ? c.ToString() : $"\\u{(int)c:X4}"));
}
