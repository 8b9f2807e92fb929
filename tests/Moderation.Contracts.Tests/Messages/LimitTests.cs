using System.IO.Compression;
using System.Text;
using Moderation.Contracts.Messages;

namespace Moderation.Contracts.Tests.Messages;

public sealed class LimitTests : ReadingTest
{
    private const string Good = """{"id":"a","text":"Some text."}""";

    [Fact]
    public void Read_BodyAtTheLimit_IsTaken() =>
        Article(Read(Good, limits: new InputLimits { MaxMessageBytes = Good.Length }));

    [Fact]
    public void Read_BodyOverTheLimit_IsTooLarge() =>
        Invalid("too-large", Read(Good, limits: new InputLimits { MaxMessageBytes = Good.Length - 1 }));

    [Fact]
    public void Read_TenMegabytes_IsTooLargeByDefault() => Invalid("too-large", Read(new byte[10_000_000]));

    [Fact]
    public void Read_TextOverTheLimit_IsTooLong()
    {
        Article(Read(Good, limits: new InputLimits { MaxTextLength = 10 }));
        Invalid("text-too-long", Read(Good, limits: new InputLimits { MaxTextLength = 9 }));
    }

    [Fact]
    public void Read_HtmlTextOverTheLimit_IsTooLong() =>
        Invalid("text-too-long", Read("""{"id":"a","html":"<p>Some text.</p>"}""", limits: new InputLimits { MaxTextLength = 9 }));

    [Fact]
    public void Read_IdOverTheLimit_IsTooLong() =>
        Invalid("id-too-long", Read("""{"id":"abcd","text":"t"}""", limits: new InputLimits { MaxIdLength = 3 }));

    [Fact]
    public void Read_DeepNesting_IsTooDeep()
    {
        Invalid("too-deep", Read(new string('[', 1_000_000)));
        Invalid("too-deep", Read($$"""{"id":"a","text":"t","x":{{new string('[', 64)}}{{new string(']', 64)}}}"""));
        Article(Read($$"""{"id":"a","text":"t","x":{{new string('[', 63)}}{{new string(']', 63)}}}"""));
    }

    [Fact]
    public void Read_BracketsInText_AreNoNesting() => Article(Read($$"""{"id":"a","text":"{{new string('[', 5000)}} \" {{new string('{', 5000)}}"}"""));

    [Fact]
    public void Read_NotUtf8_NamesTheOffset()
    {
        var body = Encoding.UTF8.GetBytes(Good);
        body[20] = 0xE9;

        Assert.Contains("offset 20", Invalid("bad-utf8", Read(body)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Utf16_IsNamedForWhatItIs() =>
        Assert.Contains("UTF-16", Invalid("bad-utf8", Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Good)])).Reason, StringComparison.Ordinal);

    [Fact]
    public void Read_ByteOrderMark_IsPassedOver() => Article(Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)]));

    [Fact]
    public void Read_Gzip_IsUnpackedWhereTheMessageSaysSo() =>
        Assert.Equal("Some text.", Article(Read(Gzip(Encoding.UTF8.GetBytes(Good)), headers: ("Content-Encoding", "gzip"))).Text);

    [Fact]
    public void Read_GzipUnannounced_IsRefusedByName() => Invalid("compressed", Read(Gzip(Encoding.UTF8.GetBytes(Good))));

    [Fact]
    public void Read_GzipCutShort_IsBadGzip()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(Good));

        // A cut trailer leaves whole JSON behind, so cut into the data itself.
        var result = Read(packed[..(packed.Length / 2)], headers: ("content-encoding", "gzip"));

        Assert.Contains(result.Invalid?.Code, new[] { "bad-gzip", "bad-json" });
        Invalid("bad-gzip", Read(Encoding.UTF8.GetBytes(Good), headers: ("content-encoding", "gzip")));
    }

    [Fact]
    public void Read_CompressedBomb_StopsAtTheLimit()
    {
        var bomb = Gzip(new byte[512 * 1024 * 1024]);
        Assert.True(bomb.Length < InputLimits.DefaultMaxMessageBytes, "the bomb must pass for a small message");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Invalid("too-large", Read(bomb, headers: ("content-encoding", "gzip")));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L * 1024 * 1024);
    }

    [Fact]
    public void Read_UnknownEncoding_IsRefused() => Invalid("unsupported-encoding", Read(Good, headers: ("content-encoding", "br")));

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
