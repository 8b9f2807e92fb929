
namespace Moderation.Annotation.Tests.Text;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("It rained. It stopped.", "It rained.|It stopped.")]
    [InlineData("Did it rain? It did! Yes.", "Did it rain?|It did!|Yes.")]
    [InlineData("Mr. Holt met Dr. Lee. They talked.", "Mr. Holt met Dr. Lee.|They talked.")]
    [InlineData("Gen. J. K. Marsh left at 10 a.m. on Monday. He returned.", "Gen. J. K. Marsh left at 10 a.m. on Monday.|He returned.")]
    [InlineData("The court opened at 10 a.m. Monday in Leeds. It closed at 4 p.m. The judge left.", "The court opened at 10 a.m. Monday in Leeds.|It closed at 4 p.m.|The judge left.")]
    [InlineData("Many crops, e.g. Brussels sprouts, failed. Others, i.e. Swedes, did not.", "Many crops, e.g. Brussels sprouts, failed.|Others, i.e. Swedes, did not.")]
    [InlineData("He works for Acme Inc. The firm grew.", "He works for Acme Inc.|The firm grew.")]
    [InlineData("The U.S. Senate voted. It passed.", "The U.S. Senate voted.|It passed.")]
    [InlineData("He lives in the U.S. The house is old.", "He lives in the U.S.|The house is old.")]
    [InlineData("Prices rose 3.5 percent. Wages fell.", "Prices rose 3.5 percent.|Wages fell.")]
    [InlineData("It was No. 7 in the list. Fine.", "It was No. 7 in the list.|Fine.")]
    [InlineData("He waited... and waited. Then he left.", "He waited... and waited.|Then he left.")]
    public void Split_Abbreviations_EndNoSentence(string text, string expected) => Assert.Equal(expected.Split('|'), DocumentReading.SentencesOf(text));

    [Theory]
    [InlineData("“It is over.” She left.", "“It is over.”|She left.")]
    [InlineData("\"It is over.\" She left.", "\"It is over.\"|She left.")]
    [InlineData("“Is it over?” Smith asked. Nobody knew.", "“Is it over?” Smith asked.|Nobody knew.")]
    [InlineData("“It is over,” she said. “We lost.”", "“It is over,” she said.|“We lost.”")]
    [InlineData("She said: “It is over. We lost.” He wept.", "She said: “It is over.|We lost.”|He wept.")]
    [InlineData("He left (he was late). She stayed.", "He left (he was late).|She stayed.")]
    public void Split_QuotationMarks_StayWithTheSentenceThatTheyClose(string text, string expected) => Assert.Equal(expected.Split('|'), DocumentReading.SentencesOf(text));

    [Theory]
    [InlineData("He told reporters.The mayor left.", "He told reporters.|The mayor left.")]
    [InlineData("It is “disinformation.”Ukraine denied it.", "It is “disinformation.”|Ukraine denied it.")]
    [InlineData("It is \"disinformation.\"Ukraine denied it.", "It is \"disinformation.\"|Ukraine denied it.")]
    [InlineData("He left.“We lost,” she said.", "He left.|“We lost,” she said.")]
    [InlineData("Was it him?Nobody knows.", "Was it him?|Nobody knows.")]
    public void Split_LostSpace_StillEndsTheSentence(string text, string expected) => Assert.Equal(expected.Split('|'), DocumentReading.SentencesOf(text));

    [Theory]
    [InlineData("See example.org for more.")]
    [InlineData("The firm Booking.com said so.")]
    [InlineData("Version 2.0 is out now.")]
    [InlineData("The paper files.csv is there.")]
    public void Split_FullStopInsideAName_EndsNoSentence(string text) => Assert.Equal([text], DocumentReading.SentencesOf(text));

    [Theory]
    [InlineData("A headline without a stop\nThe first line.\nThe second.", "A headline without a stop|The first line.|The second.")]
    [InlineData("One.\r\nTwo.", "One.|Two.")]
    [InlineData("One.\r\n\r\nTwo.", "One.|Two.")]
    [InlineData("One.\u2029Two.", "One.|Two.")]
    [InlineData("A line that was hard-wrapped\nin the middle of a sentence.", "A line that was hard-wrapped\nin the middle of a sentence.")]
    [InlineData("A line that was hard-wrapped\r\nin the middle of a sentence.", "A line that was hard-wrapped\r\nin the middle of a sentence.")]
    [InlineData("No sentence goes on\n\nover an empty line.", "No sentence goes on|over an empty line.")]
    public void Split_LineBreaks_MakeParagraphsUnlessTheLineIsWrapped(string text, string expected) => Assert.Equal(expected.Split('|'), DocumentReading.ParagraphsOf(text));

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n \t ")]
    [InlineData("\u200B\uFEFF\u00AD")]
    public void Split_TextWithNothingToSee_HasNoSentences(string text) => Assert.Empty(DocumentReading.Read(text).Sentences);

    [Fact]
    public void Split_EndlessSentence_IsCutIntoBoundedOnes()
    {
        var document = DocumentReading.Read(string.Concat(Enumerable.Repeat("and so on ", 5000)));

        Assert.All(document.Sentences, sentence => Assert.InRange(sentence.TokenCount, 1, Moderation.Annotation.Text.SentenceSplitter.MaxSentenceTokens));
    }
}
