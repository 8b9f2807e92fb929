using System.Text;
using Moderation.Contracts.Messages;

namespace Moderation.Contracts.Tests.Messages;

/// <summary>Whatever the bytes, the outcome is an article or a code, never an exception.</summary>
public sealed class HostileMessageTests : ReadingTest
{
    private static readonly string[] Seeds =
    [
        """{"id":"a","headline":"H","text":"Text \ud83d\ude00 with “quotes” and \\ escapes.","version":3,"publishedAt":"2024-01-02"}""",
        """{"id":"a","html":"<article class='x'><h1>T</h1><p>One &amp; <b>two</b><br>three</p><blockquote class=twitter-tweet>x</blockquote><script>1<2</script></article>"}""",
        """{"specversion":"1.0","id":"e","source":"s","type":"t","datacontenttype":"application/json","data":{"id":"a","text":"t"}}""",
        """{"specversion":"1.0","id":"e","source":"s","type":"t","data_base64":"eyJpZCI6ImEiLCJ0ZXh0IjoidCJ9"}""",
        """{"uri":"u","standard":{"name":"ninjs"},"headlines":[{"role":"main","value":"H"}],"bodies":[{"contentType":"text/html","value":"<p>b</p>"}],"genres":[{"name":"g"}]}""",
        """{"@context":"https://schema.org","@graph":[{"@type":["NewsArticle"],"@id":"u","articleBody":"b","author":[{"name":"n"}]}]}""",
        """{"_id":"A","headlines":{"basic":"H"},"content_elements":[{"type":"text","content":"t"},{"type":"table","header":[],"rows":[[{"type":"text","content":"c"}]]},{"type":"image","caption":"c"}]}""",
    ];

    [Fact]
    public void Read_MutatedMessages_NeverThrow()
    {
        var random = new Random(20240501);
        var outcomes = new Dictionary<string, int>();
        for (var i = 0; i < 20_000; i++)
        {
            var body = Mutate(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);

            var result = ArticleReader.Read(body, random.Next(4) == 0 ? "application/cloudevents+json" : null, null, InputLimits.Default);

            var outcome = result.IsValid ? "article" : result.Invalid.Code;
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        // The mutations must have reached past the JSON parser for this to show anything.
        foreach (var expected in (string[])["article", "bad-json", "bad-utf8", "wrong-type", "no-id", "no-text"])
            Assert.True(outcomes.GetValueOrDefault(expected) > 20, $"only {outcomes.GetValueOrDefault(expected)} messages ended as {expected}");
    }

    [Fact]
    public void Read_RandomBytes_NeverThrow()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var body = new byte[random.Next(1, 200)];
            random.NextBytes(body);

            Assert.False(ArticleReader.Read(body, null, null, InputLimits.Default).IsValid);
        }
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"\\ud800\":1,\"id\":\"a\",\"uri\":\"u\",\"text\":\"t\"}")]
    [InlineData("{\"uri\":\"u\",\"body_\\udfff\":\"t\",\"bodies\":[]}")]
    public void Read_HalfSurrogatePairInAName_DoesNotThrow(string body) => Read(body);

    [Fact]
    public void Read_EventsInsideEvents_EndAtTheLimit()
    {
        var body = """{"id":"a","text":"t"}""";
        for (var i = 0; i < 30; i++)
            body = $$"""{"specversion":"1.0","data_base64":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(body))}}"}""";

        Assert.Equal("a", Article(Read(body)).Id);
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var body = seed.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(7))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveAt(at);
                    break;
                case 2:
                    body.Insert(at, (byte)"\"{}[]:,\\<>&0n"[random.Next(13)]);
                    break;
                case 3:
                    body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at));
                    break;
                case 4:
                    body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 40), body.Count - at)));
                    break;
                case 5:
                    ReplaceAString(body, random);
                    break;
                default:
                    body.RemoveRange(at, body.Count - at);
                    break;
            }

            if (body.Count == 0)
                return [0];
        }

        return [.. body];
    }

    /// <summary>Puts another JSON value in a string's place, so that the message stays JSON and its types go wrong.</summary>
    private static void ReplaceAString(List<byte> body, Random random)
    {
        var colon = body.IndexOf((byte)':', random.Next(body.Count));
        if (colon < 0 || colon + 1 >= body.Count || body[colon + 1] != '"')
            return;
        var end = body.IndexOf((byte)'"', colon + 2);
        if (end < 0)
            return;
        string[] values = ["5", "null", "[]", "{}", "true", "\"\"", "\"\\ud800\"", "[{}]"];
        body.RemoveRange(colon + 1, end - colon);
        body.InsertRange(colon + 1, Encoding.UTF8.GetBytes(values[random.Next(values.Length)]));
    }
}
