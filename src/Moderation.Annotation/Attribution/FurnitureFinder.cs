using Moderation.Annotation.Text;

namespace Moderation.Annotation.Attribution;

/// <summary>
/// Finds what is no report: headlines, bylines, datelines, captions and credits, promo lines in capitals, footers, embedded posts, and an
/// editor's comments in somebody else's report. What the message's markup says comes first.
/// </summary>
internal sealed class FurnitureFinder(TaggedText text)
{
    /// <summary>Words in capitals that make a promo line of a run inside a sentence.</summary>
    private const int PromoRun = 5;

    /// <summary>Longest credit in brackets, in tokens.</summary>
    private const int MaxCredit = 30;

    /// <summary>Longest appeal to the reader in one sentence, longest note about the writer, and longest name that either begins with, in tokens.</summary>
    private const int MaxAppeal = 30, MaxAboutWriter = 40, MaxName = 6;

    private readonly List<ZoneDraft> found = [];
    private readonly bool[] taken = new bool[text.Tokens.Length];

    public List<ZoneDraft> Find()
    {
        ReadHints();
        var mostlyCapitals = IsMostlyCapitals();
        var paragraphs = text.Document.Paragraphs;
        for (var p = 0; p < paragraphs.Length; p++)
        {
            if (taken[paragraphs[p].FirstToken] || ReadWholeParagraph(p))
                continue;
            ReadDateline(paragraphs[p]);
            ReadLeadingDate(paragraphs[p]);
            for (var s = paragraphs[p].FirstSentence; s < paragraphs[p].EndSentence; s++)
                ReadSentence(s, mostlyCapitals);
        }

        found.Sort((a, b) => a.Range.First.CompareTo(b.Range.First));
        return found;
    }

    private void ReadHints()
    {
        foreach (var hint in text.Document.Article.Hints)
        {
            var first = text.Document.TokenAt(hint.Span.Start);
            var end = text.Document.TokenAt(Math.Max(hint.Span.Start, hint.Span.End - 1));
            if (first < text.Tokens.Length && text.Tokens[first].Start < hint.Span.End)
                Add(hint.Kind, first, Math.Min(end + 1, text.Tokens.Length));
        }
    }

    private bool ReadWholeParagraph(int index)
    {
        var paragraph = text.Document.Paragraphs[index];
        var first = paragraph.FirstToken;
        var opening = AfterBracket(first, paragraph.EndToken);
        if (text.Has(opening, WordTags.Insertion) && EndsInColon(opening))
            return Add(ZoneKind.EditorComment, first, paragraph.EndToken);
        if (IsEmbeddedPost(paragraph))
            return true;
        if (IsByline(index, paragraph))
            return Add(ZoneKind.Byline, first, paragraph.EndToken);
        if (IsAboutWriter(index, paragraph) || IsAppeal(index, paragraph))
            return Add(ZoneKind.Boilerplate, first, paragraph.EndToken);
        if (CreditEnd(first) > 0)
            return false;
        if (paragraph.TokenCount <= 14 && text.Has(first, WordTags.Metadata) && HasDigit(paragraph))
            return Add(ZoneKind.Metadata, first, paragraph.EndToken);
        if (paragraph.SentenceCount <= 3 && paragraph.TokenCount <= 80 && index + 1 < text.Document.Paragraphs.Length
            && CreditEnd(text.Document.Paragraphs[index + 1].FirstToken) > 0)
            return Add(ZoneKind.Caption, first, paragraph.EndToken);
        if (IsHeadline(index, paragraph))
            return Add(ZoneKind.Headline, first, paragraph.EndToken);
        if (paragraph.SentenceCount <= 3 && text.Has(first, WordTags.Caption))
            return Add(ZoneKind.Caption, first, paragraph.EndToken);
        return false;
    }

    /// <summary>The token after a bracket that opens there, if there is one and something follows it.</summary>
    private int AfterBracket(int first, int end) => first + 1 < end && text.Document.MarkOf(text.Tokens[first]) is '(' or '[' ? first + 1 : first;

    private bool EndsInColon(int insertion)
    {
        var last = insertion + text.PhraseLength[insertion] - 1;
        return text.IsMark(last, ':') || last + 1 < text.Tokens.Length && text.IsMark(last + 1, ':');
    }

    /// <summary>"— Name (@handle) December 22, 2021": the paragraph, and a short one before it that reads like a post, are somebody's.</summary>
    private bool IsEmbeddedPost(in Paragraph paragraph)
    {
        for (var i = paragraph.EndToken - 1; i > paragraph.FirstToken + 1 && i > paragraph.EndToken - 16; i--)
        {
            if (!text.IsMark(i, '@') || !text.IsMark(i - 1, '('))
                continue;
            var dash = i - 2;
            while (dash > paragraph.FirstToken && i - dash < 14 && !text.IsDash(dash))
                dash--;
            if (!text.IsDash(dash) || i - dash >= 14)
                return false;
            var first = PostStart(paragraph, dash);
            AddSpeech(ZoneKind.EmbeddedPost, first, paragraph.EndToken, new TokenRange(dash + 1, i - 1));
            return first == paragraph.FirstToken || first < paragraph.FirstToken;
        }

        return false;
    }

    private int PostStart(in Paragraph paragraph, int dash)
    {
        if (paragraph.SentenceCount <= 4)
        {
            var first = paragraph.FirstToken;
            if (paragraph.FirstSentence == 0)
                return first;
            var before = text.Document.Paragraphs[text.Document.Sentences[paragraph.FirstSentence - 1].Paragraph];
            return before.TokenCount <= 60 && LooksPosted(before) && !taken[before.FirstToken] ? before.FirstToken : first;
        }

        // Run into a paragraph: back over the sentences that report nobody and quote nobody.
        var s = text.SentenceOf[dash];
        while (s > paragraph.FirstSentence && text.SentenceOf[dash] - s < 3 && !Reports(s - 1))
            s--;
        return text.Document.Sentences[s].FirstToken;
    }

    private bool Reports(int sentence)
    {
        var s = text.Document.Sentences[sentence];
        for (var i = s.FirstToken; i < s.EndToken; i++)
        {
            if (text.QuotationOf[i] is var q and >= 0 && text.Quotations[q].Length > 6 || text.Has(i, WordTags.Speech) && text.Has(i, WordTags.StrongCue))
                return true;
        }

        return false;
    }

    private bool LooksPosted(in Paragraph paragraph)
    {
        for (var i = paragraph.FirstToken; i < paragraph.EndToken; i++)
        {
            if (text.QuotationOf[i] >= 0)
                return false;
            if (text.IsMark(i, '@') || text.IsMark(i, '#') || text.Tokens[i].Kind == TokenKind.Symbol)
                return true;
        }

        return false;
    }

    private bool IsByline(int index, in Paragraph paragraph)
    {
        var byline = text.Document.Article.Byline;
        if (byline is { Length: > 0 } && paragraph.Span.Length <= byline.Length + 4 && paragraph.Span.Of(text.Document.Text).Contains(byline, StringComparison.OrdinalIgnoreCase))
            return true;
        var nearEdge = index < 6 || index >= text.Document.Paragraphs.Length - 3;
        if (!nearEdge || paragraph.TokenCount > 16 || !text.Has(paragraph.FirstToken, WordTags.Byline) || IsTerminator(paragraph.EndToken - 1) && paragraph.TokenCount > 8)
            return false;
        return paragraph.TokenCount == 1 || text.IsCapitalised(paragraph.FirstToken + 1);
    }

    /// <summary>"Tom Reed is a former shopkeeper. His column appears on Fridays."</summary>
    private bool IsAboutWriter(int index, in Paragraph paragraph)
    {
        if (paragraph.TokenCount > MaxAboutWriter || !IsAtEdge(index) || text.Has(paragraph.FirstToken, WordTags.Determiner))
            return false;
        for (var s = paragraph.FirstSentence; s < paragraph.EndSentence; s++)
        {
            var sentence = text.Document.Sentences[s];
            for (var i = sentence.FirstToken; i < sentence.EndToken && i < sentence.FirstToken + MaxName && !text.Has(i, WordTags.Determiner); i++)
            {
                if (text.Has(i, WordTags.AboutWriter))
                    return true;
            }
        }

        return false;
    }

    /// <summary>"Is your holiday in ruins? Ring our newsdesk today.": sentences at the article's edge that end in an appeal to the reader.</summary>
    private bool IsAppeal(int index, in Paragraph paragraph)
    {
        if (paragraph.SentenceCount is < 2 or > 3 || paragraph.TokenCount > 2 * MaxAppeal || !IsAtEdge(index))
            return false;
        var others = 0;
        for (var s = paragraph.FirstSentence; s < paragraph.EndSentence - 1; s++)
            others += IsAppealOrBoilerplate(text.Document.Sentences[s]) || text.IsMark(text.Document.Sentences[s].EndToken - 1, '?') ? 0 : 1;
        return others == 0 && IsAppealOrBoilerplate(text.Document.Sentences[paragraph.EndSentence - 1]);
    }

    private bool IsAppealOrBoilerplate(in Sentence sentence) => text.Has(sentence.FirstToken, WordTags.Boilerplate) || IsAppeal(sentence);

    /// <summary>"Never miss a match: sign up for our bulletin".</summary>
    private bool IsAppeal(in Sentence sentence)
    {
        if (sentence.TokenCount > MaxAppeal)
            return false;
        for (var i = sentence.FirstToken; i < sentence.EndToken - 1; i++)
        {
            if (text.Has(i, WordTags.Appeal) && (i == sentence.FirstToken || text.IsMark(i - 1, ':')))
                return Any(i + 1, sentence.EndToken, WordTags.AppealFor);
        }

        return false;
    }

    private bool IsAtEdge(int index) => index is 1 or 2 || index > 3 && index >= text.Document.Paragraphs.Length - 3;

    private bool Any(int first, int end, WordTags tags)
    {
        for (var i = first; i < end; i++)
        {
            if (text.Has(i, tags))
                return true;
        }

        return false;
    }

    private bool IsHeadline(int index, in Paragraph paragraph)
    {
        var all = text.Document.Paragraphs;
        if (text.Document.Article.Headline is { Length: > 0 } headline
            && paragraph.Span.Of(text.Document.Text).Trim().Equals(headline.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase))
            return true;
        int words = 0, capitals = 0;
        for (var i = paragraph.FirstToken; i < paragraph.EndToken && words <= 30; i++)
        {
            if (!text.Tokens[i].IsWord || text.Tokens[i].Is(TokenShape.Clitic))
                continue;
            words++;
            if (text.IsCapitalised(i))
                capitals++;
        }

        if (words is 0 or > 30 || paragraph.SentenceCount > 2)
            return false;
        var ends = IsTerminator(paragraph.EndToken - 1);
        if (index == 0 && all.Length > 2)
            return !ends || capitals * 2 >= words;
        if (index < 4 && all.Length > 3 && paragraph.Span.Of(text.Document.Text).Trim().SequenceEqual(all[0].Span.Of(text.Document.Text).Trim()))
            return true;
        return !ends && paragraph.SentenceCount == 1 && words is >= 2 and <= 14 && capitals * 5 >= words * 3 && text.QuotationOf[paragraph.FirstToken] < 0
            && !text.IsMark(paragraph.EndToken - 1, ':') && !text.IsMark(paragraph.EndToken - 1, ',');
    }

    /// <summary>"WASHINGTON (AP) —" and "KYIV, Dec. 3 –".</summary>
    private void ReadDateline(in Paragraph paragraph)
    {
        var limit = Math.Min(paragraph.EndToken, paragraph.FirstToken + 14);
        var place = false;
        for (var i = paragraph.FirstToken; i < limit; i++)
        {
            if (text.IsDash(i) && i > paragraph.FirstToken)
            {
                if (place)
                    Add(ZoneKind.Metadata, paragraph.FirstToken, i + 1);
                return;
            }

            ref readonly var token = ref text.Tokens[i];
            place |= token.Is(TokenShape.AllCapitals) && i == paragraph.FirstToken || text.IsMark(i, '(') && i > paragraph.FirstToken;
            if (token.IsWord && !text.IsCapitalised(i) || text.QuotationOf[i] >= 0)
                return;
        }
    }

    /// <summary>"date 2021-12-22" run into the first sentence.</summary>
    private void ReadLeadingDate(in Paragraph paragraph)
    {
        var first = paragraph.FirstToken;
        if (taken[first] || !text.Has(first, WordTags.Metadata))
            return;
        var end = first + 1;
        while (end < paragraph.EndToken && end < first + 10 && (text.Tokens[end].Is(TokenShape.HasDigit) || text.Tokens[end].Kind == TokenKind.Punctuation))
            end++;
        if (end > first + 1 && text.Tokens[first + 1].Is(TokenShape.HasDigit))
            Add(ZoneKind.Metadata, first, end);
    }

    private void ReadSentence(int index, bool mostlyCapitals)
    {
        var sentence = text.Document.Sentences[index];
        if (taken[sentence.FirstToken] && taken[sentence.EndToken - 1])
            return;
        if (ReadCredit(index, sentence))
            return;
        if (text.Has(sentence.FirstToken, WordTags.Caption) && ColonFollows(sentence.FirstToken) && sentence.TokenCount <= MaxName + 3)
        {
            // "The mayor at the bridge. Picture: Tom Reed": the credit, and the one sentence that it is the credit of.
            var paragraph = text.Document.Paragraphs[sentence.Paragraph];
            Add(ZoneKind.Caption, paragraph.SentenceCount == 2 && sentence.EndToken == paragraph.EndToken ? paragraph.FirstToken : sentence.FirstToken, sentence.EndToken);
            return;
        }

        var opening = AfterBracket(sentence.FirstToken, sentence.EndToken);
        if (text.Has(opening, WordTags.Boilerplate) && sentence.TokenCount <= 45 && (!text.Tokens[opening].Is(TokenShape.AllCapitals) || ColonFollows(opening)) || IsAtEdge(sentence.Paragraph) && IsAppeal(sentence))
        {
            Add(ZoneKind.Boilerplate, sentence.FirstToken, sentence.EndToken);
            return;
        }

        if (text.Document.MarkOf(text.Tokens[sentence.FirstToken]) is '(' or '[' && sentence.TokenCount > 2 && (text.Has(sentence.FirstToken, WordTags.Insertion)
            || text.Has(sentence.FirstToken + 1, WordTags.Insertion)))
            ReadBracketedComment(sentence.FirstToken, sentence.EndToken);
        if (!mostlyCapitals)
            ReadCapitals(sentence);
        ReadRunInPost(sentence);
    }

    /// <summary>Whether the words that begin there are a heading of the rest: "READ MORE: …".</summary>
    private bool ColonFollows(int first)
    {
        for (var i = first + 1; i < text.Tokens.Length && i < first + 4; i++)
        {
            if (text.IsMark(i, ':'))
                return true;
        }

        return false;
    }

    private void ReadBracketedComment(int open, int end)
    {
        var close = open + 1;
        while (close < end && text.Document.MarkOf(text.Tokens[close]) is not (')' or ']'))
            close++;
        if (close < end && close - open > 3)
            Add(ZoneKind.EditorComment, open, close + 1);
    }

    /// <summary>"(Sergei Supinsky/AFP via Getty Images)" after the caption that it credits.</summary>
    private bool ReadCredit(int index, in Sentence sentence)
    {
        var end = CreditEnd(sentence.FirstToken);
        if (end < 0)
            return false;
        Add(ZoneKind.Caption, sentence.FirstToken, end);
        if (index > 0)
        {
            var caption = text.Document.Sentences[index - 1];
            var own = text.Document.Paragraphs[caption.Paragraph];
            var whole = caption.Paragraph != sentence.Paragraph && own.SentenceCount <= 3;
            var first = whole ? own.FirstToken : caption.FirstToken;
            if (!taken[first] && !Quotes(first, caption.EndToken))
                Add(ZoneKind.Caption, first, caption.EndToken);
        }

        return end >= sentence.EndToken - 1;
    }

    /// <summary>After the closing bracket where a credit in brackets begins at the token; -1 where none does.</summary>
    private int CreditEnd(int open)
    {
        if (!text.IsMark(open, '('))
            return -1;
        var credit = false;
        var limit = Math.Min(text.Tokens.Length, open + MaxCredit);
        for (var i = open + 1; i < limit; i++)
        {
            if (text.IsMark(i, ')'))
                return credit ? i + 1 : -1;
            credit |= text.Has(i, WordTags.Credit);
        }

        return -1;
    }

    private bool Quotes(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (text.QuotationOf[i] is var q and >= 0 && text.Quotations[q].Length > 6 && text.Quotations[q].Balanced)
                return true;
        }

        return false;
    }

    private void ReadCapitals(in Sentence sentence)
    {
        var run = -1;
        var words = 0;
        for (var i = sentence.FirstToken; i <= sentence.EndToken; i++)
        {
            var inside = i < sentence.EndToken;
            var word = inside && text.Tokens[i].IsWord && !text.Tokens[i].Is(TokenShape.Clitic);
            var capital = word && (text.Tokens[i].Is(TokenShape.AllCapitals) || run >= 0 && text.Tokens[i].Length == 1 && text.IsCapitalised(i));
            if (capital)
            {
                run = run < 0 ? i : run;
                words++;
                continue;
            }

            if (inside && run >= 0 && !word)
                continue;
            if (run >= 0 && words >= PromoRun - (run == sentence.FirstToken && !inside ? 1 : 0))
            {
                var end = i;
                while (end > run + 1 && !text.Tokens[end - 1].IsWord && !IsTerminator(end - 1))
                    end--;
                Add(ZoneKind.Promo, run, end);
            }

            run = -1;
            words = 0;
        }
    }

    private void ReadRunInPost(in Sentence sentence)
    {
        for (var i = sentence.FirstToken + 2; i < sentence.EndToken; i++)
        {
            if (!text.IsMark(i, '@') || !text.IsMark(i - 1, '('))
                continue;
            var dash = i - 2;
            while (dash > sentence.FirstToken && i - dash < 14 && !text.IsDash(dash))
                dash--;
            if (!text.IsDash(dash))
                continue;
            var end = i;
            while (end < sentence.EndToken && !text.IsMark(end, ')'))
                end++;
            var first = PostStart(text.Document.Paragraphs[sentence.Paragraph], dash);
            while (first < dash && taken[first])
                first++;
            if (first < dash)
                AddSpeech(ZoneKind.EmbeddedPost, first, Math.Min(end + 1, sentence.EndToken), new TokenRange(dash + 1, i - 1));
            return;
        }
    }

    private bool IsMostlyCapitals()
    {
        int words = 0, capitals = 0;
        foreach (ref readonly var token in text.Tokens.AsSpan())
        {
            if (!token.IsWord || token.Length < 2)
                continue;
            words++;
            if (token.Is(TokenShape.AllCapitals))
                capitals++;
        }

        return capitals * 5 > words * 3;
    }

    private bool HasDigit(in Paragraph paragraph)
    {
        for (var i = paragraph.FirstToken; i < paragraph.EndToken; i++)
        {
            if (text.Tokens[i].Is(TokenShape.HasDigit))
                return true;
        }

        return false;
    }

    private bool IsTerminator(int token) => CharacterClasses.IsTerminator(text.Document.MarkOf(text.Tokens[token]));

    private bool Add(ZoneKind kind, int first, int end)
    {
        found.Add(new ZoneDraft(kind, new TokenRange(first, end), TokenRange.None));
        taken.AsSpan(first, end - first).Fill(true);
        return true;
    }

    private void AddSpeech(ZoneKind kind, int first, int end, TokenRange speaker)
    {
        found.Add(new ZoneDraft(kind, new TokenRange(first, end), speaker));
        taken.AsSpan(first, end - first).Fill(true);
    }
}
