namespace Moderation.Annotation.Attribution;

/// <summary>What a word can be, for reading who says what: closed word classes, the forms of verbs, and the roles the lexicon gives it.</summary>
[Flags]
internal enum WordTags : ulong
{
    None = 0,

    Determiner = 1UL << 0,
    Possessive = 1UL << 1,
    SubjectPronoun = 1UL << 2,
    ObjectPronoun = 1UL << 3,

    /// <summary>Who, which, whom, whose.</summary>
    Relative = 1UL << 4,

    That = 1UL << 5,
    Auxiliary = 1UL << 6,

    /// <summary>Forms of "be"; also auxiliaries.</summary>
    Be = 1UL << 7,

    Negation = 1UL << 8,
    Preposition = 1UL << 9,
    Of = 1UL << 10,

    /// <summary>And, or, nor.</summary>
    And = 1UL << 11,

    But = 1UL << 12,

    /// <summary>Because, after, while: what opens a clause that is no complement.</summary>
    Subordinator = 1UL << 13,

    /// <summary>How, whether, what: what opens a clause that a cue can take beside "that".</summary>
    Interrogative = 1UL << 14,

    To = 1UL << 15,
    Adverb = 1UL << 16,

    /// <summary>Monday, yesterday, today.</summary>
    Time = 1UL << 17,

    By = 1UL << 18,
    As = 1UL << 19,
    Quantity = 1UL << 20,
    Have = 1UL << 21,

    Base = 1UL << 24,
    Third = 1UL << 25,
    Past = 1UL << 26,
    Gerund = 1UL << 27,
    /// <summary>A participle that is no past tense: known, seen.</summary>
    Participle = 1UL << 28,

    VerbForm = Base | Third | Past | Gerund,

    /// <summary>Cues by what they report: words, beliefs, or wants and stances.</summary>
    Speech = 1UL << 30,
    Thought = 1UL << 31,
    Stance = 1UL << 32,
    Cue = Speech | Thought | Stance,

    /// <summary>The cue can hardly be anything else; beside it, one that needs its complement to be told from its other meanings.</summary>
    StrongCue = 1UL << 33,
    WeakCue = 1UL << 34,

    /// <summary>The cue takes the person spoken to before the content: told, assured.</summary>
    Addressee = 1UL << 35,

    /// <summary>The cue denies or withholds.</summary>
    Denial = 1UL << 36,

    CueNoun = 1UL << 37,

    /// <summary>According to, in the words of: the source follows.</summary>
    CueBeforeSource = 1UL << 38,

    /// <summary>Allegedly, reportedly: a cue with no source.</summary>
    CueWithoutSource = 1UL << 39,

    /// <summary>View, opinion: with its owner and "in", "by" or "to" before it, a cue: "in her view".</summary>
    ViewNoun = 1UL << 40,

    /// <summary>The cue is one only where marks set it off: ", she went on," and "The placard read:".</summary>
    NeedsMark = 1UL << 41,

    Title = 1UL << 42,
    Person = 1UL << 43,
    Organisation = 1UL << 44,
    DocumentSource = 1UL << 45,
    DataSource = 1UL << 46,
    Anonymous = 1UL << 47,
    Vague = 1UL << 48,
    Source = Person | Organisation | DocumentSource | DataSource | Anonymous | Vague,

    /// <summary>The writer's own mark in another's words, or the start of an editor's note.</summary>
    Insertion = 1UL << 49,

    /// <summary>Can be a noun as well as a verb: claims, reports, calls.</summary>
    NounToo = 1UL << 50,

    /// <summary>Seems, appears: how a thing looks, to nobody in particular.</summary>
    Appearance = 1UL << 56,

    /// <summary>Words that begin, or stand in, what is no report: footers, credits, captions, bylines, dates.</summary>
    Boilerplate = 1UL << 51,
    Credit = 1UL << 52,
    Caption = 1UL << 53,
    Byline = 1UL << 54,
    Metadata = 1UL << 55,

    /// <summary>What an appeal to the reader begins with (email, download), and what it is about (our newsdesk, this petition).</summary>
    Appeal = 1UL << 60,
    AppealFor = 1UL << 61,

    /// <summary>What tells of a writer at the edge of his article: "'s column appears", "is the author of".</summary>
    AboutWriter = 1UL << 62,

    /// <summary>The cue takes a thing and, with no word between, what it is called: called it a folly.</summary>
    TakesName = 1UL << 57,

    /// <summary>The cue takes a thing and, after "of" or "for", what is held against it or said of it: accused him of fraud.</summary>
    TakesCharge = 1UL << 59,

    /// <summary>The cue takes a thing and, after "as", what it is called: denounced it as a folly.</summary>
    TakesAs = 1UL << 58,
}

internal static class WordTagsExtensions
{
    public static bool Has(this WordTags tags, WordTags any) => (tags & any) != 0;
}
