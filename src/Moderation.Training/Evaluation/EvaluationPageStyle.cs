namespace Moderation.Training.Evaluation;

/// <summary>The looks of <see cref="EvaluationPage"/>, over those that all pages share.</summary>
internal static class EvaluationPageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --panel: #f5f1ea; --accent: #2f6f8f; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8e4dd; --soft: #a29d95; --rule: #3b3935; --paper: #191817; --panel: #24221f; --accent: #7fbfdd;
            --loaded: #6b4a0c; --unsourced: #17506f; --editorial: #66285f; }
        }
        body { font: 16px/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.2rem 4rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .6rem; }
        h2 { font-size: 1.25rem; margin: 2.6rem 0 .7rem; } h3 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; }
        h2, h3 { scroll-margin-top: 3.5rem; }
        .about { margin: .2em 0; } code { font-size: .85em; color: var(--soft); overflow-wrap: anywhere; }
        nav { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .2em 1.2em; margin: 1rem -1.2rem; padding: .6rem 1.2rem; background: var(--paper); border-bottom: 1px solid var(--rule); font-size: .9rem; }
        a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem; margin: 1rem 0; }
        .tiles div { display: flex; flex-direction: column; padding: .8rem 1rem; background: var(--panel); border-radius: 8px; }
        .tiles b { font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; } .tiles small { color: var(--soft); }
        .gloss { font-size: .85rem; margin: .4rem 0; }
        .wide { overflow-x: auto; }
        table { font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .25em .7em; border-bottom: 1px solid var(--rule); text-align: right; }
        th:first-child { text-align: left; padding-left: 0; } th[scope=row], td.word { text-align: left; }
        thead th { color: var(--soft); white-space: normal; vertical-align: bottom; }
        tr.sure th, tr.sure td { font-weight: 700; color: var(--ink); }
        td.share { background: linear-gradient(to right, var(--panel) var(--share), transparent var(--share)); background-clip: padding-box; border-left: .5rem solid transparent; } td.none { color: var(--soft); }
        .dot { display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 50%; }
        .dot.loaded { background: var(--loaded); } .dot.unsourced { background: var(--unsourced); } .dot.editorial { background: var(--editorial); }
        .beside { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: flex-start; }
        figure { margin: 0; width: 24rem; max-width: 100%; } figcaption { font-size: .85rem; color: var(--soft); }
        svg { display: block; width: 100%; height: auto; } svg text { fill: var(--soft); font-size: 12px; }
        .grid { stroke: var(--rule); } .diagonal { stroke: var(--soft); stroke-dasharray: 4 4; } .interval { stroke: var(--accent); stroke-width: 2; } circle { fill: var(--accent); fill-opacity: .75; }
        .errors { list-style: none; margin: 0; padding: 0; }
        .errors li { padding: .7rem 0; border-top: 1px solid var(--rule); }
        .head { margin: 0; font-size: .9rem; } .head span { color: var(--soft); margin: 0 .4em; }
        blockquote { margin: .3rem 0; font: 1.02rem/1.55 Georgia, "Noto Serif", "DejaVu Serif", serif; overflow-wrap: anywhere; white-space: pre-wrap; }
        details { font-size: .85rem; } details table { margin: .3rem 0 .3rem 1rem; } details td.word { white-space: normal; }
        @media (max-width: 36rem) { main { padding: 1rem .8rem 3rem; } nav { margin: 1rem -.8rem; padding: .5rem .8rem; } table { font-size: .8rem; } th, td { padding: .25em .4em; } td.share { border-left-width: .15rem; } }
        @media print { nav { display: none; } li, figure { break-inside: avoid; } }

        """;
}
