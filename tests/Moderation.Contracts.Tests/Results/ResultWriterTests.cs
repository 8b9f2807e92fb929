using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderation.Annotation.Results;
using Moderation.Annotation.Text;
using Moderation.Contracts.Results;

namespace Moderation.Contracts.Tests.Results;

public sealed class ResultWriterTests
{
    [Fact]
    public void WriteData_FullResult_HasTheContractsFieldsInOrder() =>
        Assert.Equal(
            ["article", "text", "engine", "summary", "zones", "attributions", "annotations", "sentences", "coverage"],
            Data(SampleResults.Full()).EnumerateObject().Select(static field => field.Name));

    [Theory]
    [InlineData("The mayor slammed it.", "slammed")]
    [InlineData("😀 The 🇺🇸 mayor 👩‍👩‍👧 slammed it 😀.", "slammed")]
    [InlineData("😀slammed😀", "slammed")]
    [InlineData("a\r\n\u00a0é e\u0301 “slammed”", "“slammed”")]
    [InlineData("\ud83d lone \ude00 slammed \ud83d", "slammed")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀 slammed 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "slammed")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀slammed😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "slammed")]
    public void WriteData_Spans_CutOutTheirWordsInBothUnits(string text, string words)
    {
        var annotation = Data(SampleResults.Of(text, (words, Label.EmotiveWording)));
        var written = annotation.GetProperty("text").GetString()!;
        var flag = annotation.GetProperty("annotations")[0];
        var quote = flag.GetProperty("target").GetProperty("selector")[0];
        var position = flag.GetProperty("target").GetProperty("selector")[1];
        var codePoints = written.EnumerateRunes().ToArray();

        Assert.Equal(words, written[flag.GetProperty("span").GetProperty("start").GetInt32()..flag.GetProperty("span").GetProperty("end").GetInt32()]);
        Assert.Equal(words, quote.GetProperty("exact").GetString());
        Assert.Equal(words, string.Concat(codePoints[position.GetProperty("start").GetInt32()..position.GetProperty("end").GetInt32()]));
        Assert.Equal(codePoints.Length, annotation.GetProperty("article").GetProperty("length").GetProperty("codePoints").GetInt32());
        Assert.Contains(quote.GetProperty("prefix").GetString() + words + quote.GetProperty("suffix").GetString(), written, StringComparison.Ordinal);
        Assert.All([quote.GetProperty("prefix").GetString()!, quote.GetProperty("suffix").GetString()!], static context => Assert.InRange(context.Length, 0, 32));
    }

    [Fact]
    public void WriteData_ContextBesideEmoji_NeverCutsAPair()
    {
        for (var padding = 0; padding < 4; padding++)
        {
            var text = new string('x', padding) + string.Concat(Enumerable.Repeat("😀", 20)) + "slammed" + new string('x', padding) + string.Concat(Enumerable.Repeat("😀", 20));
            var quote = Data(SampleResults.Of(text, ("slammed", Label.EmotiveWording))).GetProperty("annotations")[0].GetProperty("target").GetProperty("selector")[0];

            Assert.DoesNotContain('\uFFFD', quote.GetProperty("prefix").GetString() + quote.GetProperty("suffix").GetString());
        }
    }

    [Fact]
    public void WriteData_HalfSurrogatePairs_AreReplacedAndTheHashAgrees()
    {
        var data = Data(SampleResults.Of("half \ud83d here, slammed", ("slammed", Label.EmotiveWording)));

        Assert.Equal("half \uFFFD here, slammed", data.GetProperty("text").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.GetProperty("text").GetString()!))), data.GetProperty("article").GetProperty("textSha256").GetString());
    }

    [Fact]
    public void WriteData_LongTextWithPairs_HasTheHashOfItsUtf8()
    {
        var text = string.Concat(Enumerable.Repeat("x😀é", 5_000));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Data(SampleResults.Of(text)).GetProperty("article").GetProperty("textSha256").GetString());
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("x😀")]
    [InlineData("\ud83d")]
    [InlineData("\ude00\n\"")]
    public void WriteData_LongText_IsWrittenWholeWhateverItsSegmentsCut(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 40_000));
        var expected = string.Concat(text.EnumerateRunes()); // Halves of pairs become U+FFFD.

        Assert.Equal(expected, Data(SampleResults.Of(text)).GetProperty("text").GetString());
    }

    [Fact]
    public void WriteData_AnyText_IsOneLineToEveryReader()
    {
        var bytes = Bytes(SampleResults.Of("a\nb\r\nc\u0085d\u2028e\u2029f\vg\fh\u001ci\0j"));

        // What Python's splitlines takes for a line's end.
        Assert.DoesNotContain(Encoding.UTF8.GetString(bytes), static character => character is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' or (>= '\u001c' and <= '\u001e'));
    }

    [Fact]
    public void WriteEvent_SameResult_GivesTheSameBytes()
    {
        var first = SampleResults.Full();
        var second = SampleResults.Full() with
        {
            Engine = SampleResults.Engine with { Thresholds = new Dictionary<string, double> { ["loaded-language"] = 0.6, ["unsourced-claim"] = 0.7 } },
        };

        Assert.Equal(EventBytes(first), EventBytes(second));
    }

    [Fact]
    public void EventId_IsAUuidOfVersion5AndTheEventsId()
    {
        var result = SampleResults.Full();
        var id = ResultWriter.EventId(result);

        Assert.Equal(5, id.Version);
        Assert.Equal(id.ToString(), JsonDocument.Parse(EventBytes(result)).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public void EventId_OfWhatDecidesAResult_DependsOnEachPart()
    {
        var article = new Article { Id = "a", Text = "Some text.", Version = "1" };
        var result = SampleResults.Of(article);
        var others = new[]
        {
            SampleResults.Of(article with { Id = "b" }),
            SampleResults.Of(article with { Version = "2" }),
            SampleResults.Of(article with { Version = null }),
            SampleResults.Of(article with { Id = "a1", Version = "" }),
            SampleResults.Of(article with { Text = "Some text!" }),
            result with { Engine = result.Engine with { Fingerprint = "other" } },
            result with { Sentences = [] },
        };

        Assert.Equal(others.Length + 1, others.Append(result).Select(ResultWriter.EventId).Distinct().Count());
        Assert.Equal(ResultWriter.EventId(result), ResultWriter.EventId(SampleResults.Of(article with { Outlet = "Another" })));
    }

    [Fact]
    public void EventId_OfAKnownResult_NeverChanges() =>
        Assert.Equal(new Guid("3509a1ab-79a9-5a08-9d4d-98b3642b0ed1"), ResultWriter.EventId(SampleResults.Full()));

    [Fact]
    public void WriteEvent_ArticleWithoutDate_HasNoTime()
    {
        var dated = JsonDocument.Parse(EventBytes(SampleResults.Full())).RootElement;
        var undated = JsonDocument.Parse(EventBytes(SampleResults.Of("Some text."))).RootElement;

        Assert.Equal("2024-05-06T07:08:09+02:00", dated.GetProperty("time").GetString());
        Assert.False(undated.TryGetProperty("time", out _));
    }

    [Fact]
    public void WriteData_Flag_CarriesOwnerMapsAndBodies()
    {
        var flags = Data(SampleResults.Full()).GetProperty("annotations");

        Assert.Equal("author", flags[0].GetProperty("owner").GetString());
        Assert.Equal("Maria Holt", flags[3].GetProperty("owner").GetString());
        Assert.Equal("Name_Calling,Labeling", flags[3].GetProperty("maps").GetProperty("techniques")[0].GetString());
        Assert.Equal("contentious labels", flags[3].GetProperty("maps").GetProperty("wordsToWatch").GetString());
        Assert.Equal(["emotive-wording", "A plainer word says the same.", "criticises"], flags[0].GetProperty("body").EnumerateArray().Select(static body => body.GetProperty("value").GetString()));
        Assert.Equal(JsonValueKind.Null, flags[1].GetProperty("suggestion").ValueKind);
    }

    [Fact]
    public void WriteData_SentencesAndScores_AreKeyedAsConsumersReadThem()
    {
        var data = Data(SampleResults.Full());

        Assert.Equal(0.7, data.GetProperty("sentences")[0].GetProperty("scores").GetProperty("unsourced-claim").GetDouble());
        Assert.Equal(0.4, data.GetProperty("summary").GetProperty("scores").GetProperty("unsourcedClaims").GetDouble());
        Assert.Equal(1, data.GetProperty("summary").GetProperty("byFamily").GetProperty("unsourced-claim").GetInt32());
        Assert.Equal(0, data.GetProperty("summary").GetProperty("byFamily").GetProperty("editorializing").GetInt32());
    }

    [Fact]
    public void WriteData_ArticleInManyScripts_IsNotBloatedByEscapes() =>
        Assert.Contains("Přílišné “žluťoučké” <b>&", Encoding.UTF8.GetString(Bytes(SampleResults.Of("Přílišné “žluťoučké” <b>& text"))), StringComparison.Ordinal);

    private static JsonElement Data(AnnotatedArticle result) => JsonDocument.Parse(Bytes(result)).RootElement;

    private static byte[] Bytes(AnnotatedArticle result)
    {
        var output = new ArrayBufferWriter<byte>();
        ResultWriter.WriteData(result, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] EventBytes(AnnotatedArticle result)
    {
        var output = new ArrayBufferWriter<byte>();
        ResultWriter.WriteEvent(result, output);
        return output.WrittenSpan.ToArray();
    }
}
