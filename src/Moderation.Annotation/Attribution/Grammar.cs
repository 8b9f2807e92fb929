namespace Moderation.Annotation.Attribution;

/// <summary>The closed word classes of English and the verbs that are common enough to tell where a clause has its verb.</summary>
internal static class Grammar
{
    /// <summary>Word lists with the tags they carry; a word may stand in several.</summary>
    public static readonly (WordTags Tags, string Words)[] ClosedClasses =
    [
        (WordTags.Determiner, "the a an this these those every each any no some all both either neither another such"),
        (WordTags.Possessive, "his her their its my our your whose"),
        (WordTags.SubjectPronoun, "he she they we i it you he's she's they're it's we're i'm you're he'd she'd they'd we'd i'd they've we've i've he'll she'll they'll we'll i'll it'll everyone "
            + "everybody nobody someone somebody others there"),
        (WordTags.ObjectPronoun, "him her them us me it you himself herself themselves itself"),
        (WordTags.Relative, "who which whom whose who's who've who'd"),
        (WordTags.That, "that"),
        (WordTags.Auxiliary | WordTags.Be, "is are was were be been being am isn't aren't wasn't weren't 's he's she's it's they're we're i'm you're"),
        (WordTags.Auxiliary | WordTags.Have, "has have had having hasn't haven't hadn't they've we've i've you've"),
        (WordTags.Auxiliary, "do does did don't doesn't didn't will would can could may might must shall should won't wouldn't can't cannot couldn't mustn't shouldn't needn't "
            + "he'd she'd they'd we'd i'd you'd he'll she'll they'll we'll i'll you'll it'll"),
        (WordTags.Negation, "not never no isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't"),
        (WordTags.Preposition, "in on at for from with about against into over under between among through during without within of by to upon toward towards across along around "
            + "behind beside besides beyond near off onto outside inside amid amidst per via despite throughout regarding concerning like unlike following until since before after as than"),
        (WordTags.Of, "of"),
        (WordTags.By, "by"),
        (WordTags.As, "as"),
        (WordTags.To, "to"),
        (WordTags.And, "and or nor &"),
        (WordTags.But, "but yet"),
        (WordTags.Subordinator, "because after before while although though since when whenever where whereas unless until once if as so lest even"),
        (WordTags.Interrogative, "how whether why what when where whatever if who which"),
        (WordTags.Adverb, "also again already always ever even just now once only often still then thus too very well yet later earlier soon however meanwhile further instead "
            + "rather quite almost perhaps maybe far ago together twice elsewhere likewise otherwise nonetheless nevertheless indeed first finally long once more most much so back "
            + "repeatedly since ahead today here there"),
        (WordTags.Time, "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight january february march april june july august september "
            + "october november december mon tue wed thu fri sat sun morning afternoon evening night week month year weekend"),
        (WordTags.Quantity, "many most some several few others more half one two three four five six seven eight nine ten dozens hundreds thousands percent"),
        (WordTags.Adverb | WordTags.Preposition, "up down out away"),
    ];

    /// <summary>Common verbs that are no cues.</summary>
    public const string Verbs =
        "make take go come give get use work keep let begin seem help start run move live bring happen write provide sit stand lose pay meet include set lead allow add spend grow open walk "
        + "win offer appear buy wait serve die send build stay fall cut reach kill remain raise pass sell require decide pull return hold carry break become leave put turn follow create lie "
        + "eat arrive happen fail cause increase rise drop join face sign visit attend host launch lose gain earn elect vote vow draw drive fly hit end close strike collapse agree arrest "
        + "attack refuse produce protect reduce represent receive remove replace resign destroy develop choose cover cost continue contain connect compete commit collect climb check change "
        + "catch cast buy beat avoid arise approve apply affect act accept achieve belong benefit bind block borrow drag drop enter escape establish exist expand expire extend feed fight fill "
        + "finish fire fit fix flee focus force form gather handle hang hate hide hire ignore impose improve invade invest invite issue jump land last lay lift limit link list look love "
        + "manage marry mean miss need obtain occur operate oversee own participate perform place plan play prepare prevent push react rely rest result ride risk save score seek seize serve "
        + "share shift shoot shrink sink slip slow solve spread steal step stop struggle suffer supply survive swing talk teach touch trade train travel treat trigger try undermine violate "
        + "wear withdraw worsen yield";

    /// <summary>Past forms and participles that no rule makes, of verbs that may or may not be cues.</summary>
    public const string IrregularForms =
        "make made;take took taken;go goes went gone;come came;give gave given;get got gotten getting;keep kept;let letting;begin began begun beginning;run ran running;bring brought;"
        + "sit sat sitting;stand stood;lose lost;pay paid;meet met;set setting;lead led;spend spent;grow grew grown;win won winning;buy bought;send sent;build built;fall fell fallen;"
        + "cut cutting;sell sold;hold held;break broke broken;become became;leave left;put putting;lie lay lain lying;eat ate eaten;rise rose risen;draw drew drawn;drive drove driven;"
        + "fly flew flown;hit hitting;strike struck;choose chose chosen;cost;catch caught;cast;beat beaten;arise arose arisen;bind bound;drag dragged dragging;drop dropped dropping;"
        + "feed fed;fight fought;fit fitted;flee fled;hang hung;hide hid hidden;lay laid;mean meant;ride rode ridden;seek sought;shoot shot;shrink shrank;sink sank sunk;"
        + "slip slipped slipping;spread;steal stole stolen;step stepped stepping;stop stopped stopping;swing swung;teach taught;wear wore worn;withdraw withdrew withdrawn;"
        + "say said;tell told;write wrote written writing;think thought;know knew known;see saw seen;speak spoke spoken;read;hear heard;find found;show showed shown;feel felt;understand understood;"
        + "foresee foresaw foreseen;forecast;swear swore sworn;let;tear tore torn;spill;spell;have has had having;be is are was were been being;"
        + "admit admitted admitting;rebut rebutted rebutting;refer referred referring;infer inferred inferring;concur concurred concurring;aver averred averring;commit committed committing;"
        + "regret regretted regretting;prefer preferred preferring;submit submitted submitting;compel compelled compelling;plan planned planning;win winning;begin beginning;"
        + "forget forgot forgotten;get getting;allot allotted allotting;occur occurred occurring;learn learned learnt;dream dreamed dreamt;shut shutting;blog blogged blogging;"
        + "quit quitting;bet betting;cite citing cited;counsel;program programmed programming;snap snapped snapping";
}
