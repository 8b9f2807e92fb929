using Moderation.Annotation.Attribution;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Tests;

namespace Moderation.Annotation.Tests.Attribution;

/// <summary>
/// Short passages, each of another construction (Fixtures/Voices/lines.txt), in which words of a source are marked, and words of the writer that stand
/// near an attribution: how many are given to whom they belong. The constructions that must never fail are in the other fixtures.
/// </summary>
public sealed class VoiceLineTests(ITestOutputHelper output)
{
    [Fact]
    public void Analyse_LinesOfManyConstructions_GiveMostWordsToWhoseTheyAre()
    {
        int indirect = 0, ofSource = 0, author = 0, ofWriter = 0;
        foreach (var line in File.ReadLines(Path.Combine(RepositoryFiles.Root, "tests", "Moderation.Annotation.Tests", "Attribution", "Fixtures", "Voices", "lines.txt")))
        {
            var passage = FixtureCase.Parse(line);
            var document = Document.Read(new Article { Id = "line", Text = passage.Text });
            using var discourse = Discourse.Analyse(document, AttributionFiles.Lexicon);
            foreach (var mark in passage.Marks)
            {
                var voices = Enumerable.Range(0, document.Tokens.Length).Where(i => document.Tokens[i].IsWord && document.Tokens[i].Span.Overlaps(mark.Span)).Select(i => discourse.TokenVoice[i]).ToList();
                var others = voices.Count(voice => voice is Voice.Indirect or Voice.Quoted);
                var right = mark.Label == "indirect" ? others == voices.Count : others == 0;
                if (mark.Label == "indirect")
                    (indirect, ofSource) = (indirect + 1, ofSource + (right ? 1 : 0));
                else
                    (author, ofWriter) = (author + 1, ofWriter + (right ? 1 : 0));
                if (!right)
                    output.WriteLine($"not {mark.Label}: “{mark.Span.Of(passage.Text)}” in {line}");
            }
        }

        var report = $"Of {indirect} reported stretches {ofSource} are the source's, of {author} of the writer's {ofWriter} are the writer's.";
        output.WriteLine(report);
        Assert.True(indirect > 100 && author > 40, report);
        Assert.True(ofSource >= 0.7 * indirect && ofWriter >= 0.78 * author, report);
    }
}
