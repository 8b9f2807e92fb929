namespace Moderation.Contracts.Exports;

/// <summary>The looks of <see cref="HtmlPage"/>.</summary>
internal static class HtmlPageStyle
{
    public const string Css = """
        :root { color-scheme: light; --ink: #1c1b1a; --soft: #6d6a66; --rule: #ddd9d2; --paper: #fffdf9;
          --loaded: #ffd98a; --loaded-ink: #8a5500; --unsourced: #b5ddf5; --unsourced-ink: #0b5a85; --editorial: #eec3ea; --editorial-ink: #86267e; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 Georgia, "Noto Serif", "DejaVu Serif", serif; }
        .legend { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .4em 1.6em; padding: .6em 2em; background: var(--paper);
          border-bottom: 1px solid var(--rule); }
        .legend, .about, .summary, .notes, footer { font: 13px/1.45 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; }
        .gloss, .about, .sure, footer { color: var(--soft); }
        .legend .furniture { margin-right: -1.2em; }
        article { max-width: 72rem; margin: 2rem auto 4rem; padding: 0 2rem; }
        article + article { border-top: 3px double var(--rule); padding-top: 2rem; }
        header { margin-bottom: 1.5rem; }
        h2 { margin: 0; font-size: 1.7rem; line-height: 1.25; overflow-wrap: anywhere; }
        .about { margin: .3em 0 1em; overflow-wrap: anywhere; }
        .summary { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 2rem; padding: .8rem 1rem; background: #f5f1ea; border-radius: 6px; }
        .summary p { margin: 0; }
        .disposition { padding: .2em .8em; border-radius: 1em; font-weight: 600; color: #fff; background: #3d7a4d; }
        .disposition.review { background: #a86b00; }
        .disposition.priority { background: #b3261e; }
        table { border-collapse: collapse; }
        th, td { padding: 0 .6em 0 0; text-align: left; font-weight: normal; white-space: nowrap; }
        .bar { width: 8rem; }
        .bar i { display: block; height: .6em; border-radius: .3em; background: #b9b4ab; min-width: 1px; }
        .bar i.loaded { background: var(--loaded); } .bar i.unsourced { background: var(--unsourced); } .bar i.editorial { background: var(--editorial); }
        .row { display: grid; grid-template-columns: minmax(0, 40rem) minmax(0, 1fr); column-gap: 2.5rem; align-items: start; }
        .row > p { margin: .55em 0; overflow-wrap: anywhere; white-space: pre-wrap; }
        mark { color: inherit; border-radius: 2px; padding: .05em 0; }
        mark.loaded { background: var(--loaded); } mark.unsourced { background: var(--unsourced); } mark.editorial { background: var(--editorial); }
        mark.nested { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; }
        mark:hover { outline: 2px solid var(--ink); }
        .number { display: inline-block; font: 600 10px/1.4 system-ui, sans-serif; vertical-align: super; text-decoration: none; padding: 0 .35em; margin: 0 .1em; border-radius: .8em; color: #fff; }
        .number.loaded { background: var(--loaded-ink); } .number.unsourced { background: var(--unsourced-ink); } .number.editorial { background: var(--editorial-ink); }
        .headline { font-weight: 700; } .quote, .partial-quote, .embedded-post { color: #47525c; } .editor-comment { font-style: italic; }
        .furniture { color: #a19c94; }
        .notes { list-style: none; margin: .6em 0; padding: 0; }
        .notes li { border-left: 3px solid var(--rule); padding: .1em 0 .1em .8em; margin-bottom: .7em; }
        .notes li.loaded { border-color: var(--loaded); } .notes li.unsourced { border-color: var(--unsourced); } .notes li.editorial { border-color: var(--editorial); }
        .notes li:target, .number:target { outline: 2px solid var(--ink); outline-offset: 2px; }
        .notes p { margin: .1em 0; } .notes .info { opacity: .75; }
        .suggestion q { font-style: italic; }
        details summary { cursor: pointer; color: var(--soft); }
        footer { margin-top: 2rem; border-top: 1px solid var(--rule); }
        .failed { color: #b3261e; }
        @media (max-width: 56rem) { .row { grid-template-columns: 1fr; } .notes { margin-left: 1rem; } }
        @media print { .legend { position: static; } .row { break-inside: avoid; } }

        """;
}
