using System.Text;
using Moderation.Annotation.Results;
using Moderation.Training.Corpus;
using Moderation.Worker.Commands;

namespace Moderation.Worker.Benchmarks;

/// <summary>The texts that are measured: the training corpus's articles as plain text, put together to pieces of the size of an article.</summary>
internal sealed class BenchTexts
{
    /// <summary>Length of a piece, in UTF-16 code units, from which on the next paragraph begins another.</summary>
    private const int PieceLength = 4096;

    private readonly string _all;

    private BenchTexts(IReadOnlyList<Article> pieces)
    {
        Pieces = pieces;
        _all = string.Join("\n\n", pieces.Select(piece => piece.Text));
        Bytes = pieces.Sum(piece => (long)Encoding.UTF8.GetByteCount(piece.Text));
    }

    public IReadOnlyList<Article> Pieces { get; }

    /// <summary>Length of all pieces, in bytes of UTF-8.</summary>
    public long Bytes { get; }

    /// <exception cref="CommandFailedException">There is no such folder, or it holds no labelled article.</exception>
    public static BenchTexts Read(string folder)
    {
        List<LabelledArticle> articles;
        try
        {
            articles = CorpusReader.ReadFolder(folder);
        }
        catch (Exception exception) when (exception is CorpusFormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception.Message);
        }

        var pieces = new List<Article>();
        var text = new StringBuilder();
        foreach (var paragraph in articles.SelectMany(article => article.Article.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(paragraph);
            if (text.Length < PieceLength)
                continue;
            pieces.Add(new Article { Id = $"bench-{pieces.Count}", Text = text.ToString(), Outlet = "bench" });
            text.Clear();
        }

        return pieces.Count > 0 ? new BenchTexts(pieces) : throw new CommandFailedException($"{folder} holds less than one piece of {PieceLength} characters. Give a folder of labelled articles.");
    }

    /// <summary>One text of just that length, in UTF-16 code units: the corpus, over and over.</summary>
    public Article OfLength(int length)
    {
        var text = new StringBuilder(length + _all.Length);
        while (text.Length < length)
            text.Append(_all).Append("\n\n");
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return new Article { Id = $"bench-of-{length}", Text = text.ToString(0, end) };
    }
}
