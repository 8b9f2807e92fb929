namespace Moderation.Annotation.Text;

/// <summary>
/// Cuts a text into tokens without altering it: every token is a stretch of the given text, tokens follow one another without overlap, and
/// what lies between them is white space, control or invisible characters. One pass, linear in the text.
/// </summary>
internal static class Tokenizer
{
    /// <summary>Longest token, in UTF-16 code units: a longer run of letters is cut, so that no single "word" can cost without bound.</summary>
    public const int MaxTokenLength = 100;

    public static void Tokenize(string text, List<Token> tokens)
    {
        var position = 0;
        var afterSpace = true;
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsWhiteSpace(c) || char.IsControl(c) || NormalForm.IsInvisible(c))
            {
                afterSpace |= !NormalForm.IsInvisible(c) || c == '\u200B';
                position++;
                continue;
            }

            // A no-break space whose UTF-8 was read as Windows-1252.
            if (c == '\u00C2' && position + 1 < text.Length && text[position + 1] == '\u00A0')
            {
                afterSpace = true;
                position += 2;
                continue;
            }

            var space = afterSpace ? TokenShape.SpaceBefore : TokenShape.None;
            afterSpace = false;
            if (c == '\u00E2' && CharacterClasses.ReadMisdecoded(text, position, out var mark) is var length and > 0)
            {
                tokens.Add(new Token(position, position + length, CharacterClasses.IsQuote(mark) ? TokenKind.QuoteMark : TokenKind.Punctuation, space, NormalForm.Hash([mark])));
                position += length;
            }
            else if (CharacterClasses.IsWordPart(text, position))
                position = ReadWord(text, position, space, tokens);
            else if (char.IsAsciiDigit(c) || char.IsDigit(c))
                position = ReadNumber(text, position, space, tokens);
            else
                position = ReadMark(text, position, space, tokens);
        }
    }

    private static int ReadWord(string text, int start, TokenShape space, List<Token> tokens)
    {
        var shape = space;
        int letters = 0, capitals = 0, position = start, clitic = -1;
        var limit = Math.Min(text.Length, start + MaxTokenLength);
        while (position < limit)
        {
            var c = text[position];
            if (c is >= 'a' and <= 'z')
            {
                // "GET THE TICKETSAnd former": a line in capitals that has run into the next sentence.
                if (capitals == letters && letters >= 4 && position + 1 < limit && char.IsLower(text[position + 1]) && shape == (shape & (TokenShape.SpaceBefore | TokenShape.Capitalised))
                    && tokens.Count > 0 && tokens[^1].Is(TokenShape.AllCapitals))
                {
                    position--;
                    letters--;
                    capitals--;
                    break;
                }

                letters++;
            }
            else if (c is >= 'A' and <= 'Z')
            {
                letters++;
                capitals++;
                if (position == start)
                    shape |= TokenShape.Capitalised;
            }
            else if (c == '\u00E2' && CharacterClasses.ReadMisdecoded(text, position, out var mark) is var length and > 0)
            {
                // Inside a word only an apostrophe belongs to it.
                if (mark != '\u2019' || position + length >= limit || !CharacterClasses.IsWordPart(text, position + length))
                    break;
                if (IsPossessive(text, position + length - 1))
                    clitic = position;
                else
                    position += length - 1;
            }
            else if (c == '\u00C2' && position + 1 < text.Length && text[position + 1] == '\u00A0')
            {
                break;
            }
            else if (CharacterClasses.IsWordPart(text, position))
            {
                letters++;
                if (char.IsUpper(c))
                {
                    capitals++;
                    if (position == start)
                        shape |= TokenShape.Capitalised;
                }
            }
            else if (char.IsDigit(c))
            {
                shape |= TokenShape.HasDigit;
            }
            else if (position + 1 < limit && CharacterClasses.IsWordPart(text, position + 1) && !NormalForm.IsInvisible(text[position + 1]) && JoinsWords(c))
            {
                if (CharacterClasses.IsHyphen(c))
                    shape |= TokenShape.HasHyphen;
                else if (c != '.' && IsPossessive(text, position))
                    clitic = position;
            }
            else if (CharacterClasses.IsHyphen(c) && position + 1 < limit && char.IsDigit(text[position + 1]))
            {
                shape |= TokenShape.HasHyphen;
            }
            else if (c == '.' && IsInitialism(text, start, position))
            {
                // The full stop of "U.S." or "a.m." belongs to the word.
            }
            else
            {
                break;
            }

            if (clitic >= 0)
                break;
            position++;
        }

        if (position > start && char.IsHighSurrogate(text[position - 1]))
            position--;
        if (position == start)
            position = Math.Min(text.Length, start + 1);
        if (capitals > 1 && capitals == letters)
            shape |= TokenShape.AllCapitals;
        if ((capitals == 0 || (shape & TokenShape.AllCapitals) != 0 || capitals == 1 && (shape & TokenShape.Capitalised) != 0) && IsPlain(text.AsSpan(start, position - start)))
            shape |= TokenShape.Regular;
        tokens.Add(Create(text, start, position, TokenKind.Word, shape));
        if (clitic < 0)
            return position;

        var end = clitic + (text[clitic] == '\u00E2' ? 4 : 2);
        tokens.Add(Create(text, clitic, end, TokenKind.Word, TokenShape.Clitic));
        return end;
    }

    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (c >= 128 && c != '\u2019')
                return false;
        }

        return true;
    }

    /// <summary>Apostrophes and hyphens inside words; the full stops inside "U.S.".</summary>
    private static bool JoinsWords(char c) => CharacterClasses.IsApostrophe(c) || CharacterClasses.IsHyphen(c);

    private static bool IsPossessive(string text, int apostrophe) =>
        text[apostrophe + 1] is 's' or 'S' && (apostrophe + 2 >= text.Length || !CharacterClasses.IsWordPart(text, apostrophe + 2));

    /// <summary>Whether a full stop follows a single letter that itself stands at the start of the word or after a full stop: "U.S.", "a.m.".</summary>
    private static bool IsInitialism(string text, int start, int stop)
    {
        if (stop - start < 1 || !char.IsLetter(text[stop - 1]) || stop - start > 1 && text[stop - 2] != '.')
            return false;
        var moreFollows = stop + 2 < text.Length && char.IsLetter(text[stop + 1]) && char.IsUpper(text[stop + 1]) == char.IsUpper(text[stop - 1]) && text[stop + 2] == '.';
        return moreFollows || stop - start > 1;
    }

    private static int ReadNumber(string text, int start, TokenShape space, List<Token> tokens)
    {
        var position = start + 1;
        var limit = Math.Min(text.Length, start + MaxTokenLength);
        var shape = space | TokenShape.HasDigit;
        var kind = TokenKind.Number;
        while (position < limit)
        {
            var c = text[position];
            if (char.IsDigit(c))
                position++;
            else if (c is '.' or ',' or ':' or '/' && position + 1 < limit && char.IsDigit(text[position + 1]))
                position += 2;
            else if (CharacterClasses.IsHyphen(c) && position + 1 < limit && char.IsLetter(text[position + 1]))
            {
                shape |= TokenShape.HasHyphen;
                kind = TokenKind.Word;
                position += 2;
            }
            else if (char.IsLetter(c))
                position++;
            else
                break;
        }

        tokens.Add(Create(text, start, position, kind, shape));
        return position;
    }

    private static int ReadMark(string text, int start, TokenShape space, List<Token> tokens)
    {
        var end = start + 1;
        var c = text[start];
        if (char.IsHighSurrogate(c) && end < text.Length && char.IsLowSurrogate(text[end]))
            end++;
        else if (c is '.' or '-' or '!' or '?' or '*' or '_' or '=')
        {
            while (end < text.Length && text[end] == c && end - start < MaxTokenLength)
                end++;
        }

        var kind = CharacterClasses.IsQuote(c) ? TokenKind.QuoteMark
            : char.IsPunctuation(c) ? TokenKind.Punctuation
            : TokenKind.Symbol;
        tokens.Add(Create(text, start, end, kind, space));
        return end;
    }

    private static Token Create(string text, int start, int end, TokenKind kind, TokenShape shape) =>
        new(start, end, kind, shape, NormalForm.Hash(text.AsSpan(start, end - start)));
}
