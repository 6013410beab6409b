/** How a page looks on a screen, light or dark, and on paper. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --ink: #1d2026; --quiet: #5c6370; --paper: #fff; --shade: #f4f5f7; --line: #d5d8de;
  --accent: #0b6b87; --good: #17713a; --bad: #b3261e; --partial: #8a3ea8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e3e5ea; --quiet: #9aa1ad; --paper: #16181d; --shade: #20242b; --line: #3a404b;
    --accent: #6cc5df; --good: #72cf94; --bad: #ff8f85; --partial: #d8a0f0;
  }
}
* { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
body { margin: 0; background: var(--paper); color: var(--ink); }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
p, ul, ol, pre, blockquote, .callout { max-width: 44rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.8em 0 .5em; font-size: 1rem; }
h1 { font-size: 1.9rem; margin-top: 0; }
h2 { font-size: 1.35rem; padding-bottom: .2em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.1rem; }
h1 small, h2 small, h3 small { color: var(--quiet); font-weight: 400; font-size: .65em; margin-left: .4em; }
p, ul, ol, pre, blockquote, table { margin: 0 0 1em; }
li { margin: .2em 0; }
li > :last-child { margin-bottom: 0; }
section { padding-left: 1rem; }
section > .label { margin: 1.2em 0 .3em -1rem; padding: 0; border: 0; font-size: 1rem; color: var(--accent); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
a { color: var(--accent); }
code, pre, kbd { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .9em; }
code { background: var(--shade); padding: .1em .3em; border-radius: 3px; overflow-wrap: anywhere; }
pre { background: var(--shade); padding: .8em 1em; border-radius: 6px; overflow-x: auto; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
blockquote { border-left: 3px solid var(--line); padding-left: 1em; margin-left: 0; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; font-size: .95em; }
th, td { text-align: left; vertical-align: top; padding: .45em .7em; border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
thead th { border-bottom: 2px solid var(--quiet); }
.callout { border-left: 4px solid var(--accent); background: var(--shade); padding: .7em 1em; margin: 0 0 1em; border-radius: 0 6px 6px 0; }
.callout > :last-child { margin-bottom: 0; }
.callout .title { font-weight: 700; margin-bottom: .3em; color: var(--accent); }
.callout.good { border-color: var(--good); } .callout.good .title, .good > kbd, .good .state, span.good { color: var(--good); }
.callout.bad { border-color: var(--bad); } .callout.bad .title, .bad > kbd, .bad .state, span.bad { color: var(--bad); }
.callout.partial { border-color: var(--partial); }
.callout.partial .title, .partial > kbd, .partial .state, span.partial { color: var(--partial); }
.choices { list-style: none; padding: 0; }
.choices li { display: flex; gap: .8em; align-items: baseline; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .45em; font-weight: 700; }
.progress p { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5em; margin: 0; max-width: none; }
.progress progress { width: 100%; height: .4rem; margin-bottom: 1em; accent-color: var(--accent); }
.bars { width: auto; } .bars th { font-weight: 400; } .bars meter { width: 14rem; max-width: 40vw; }
.calendar { overflow-x: auto; margin: 0 0 1em; } .calendar table { width: auto; margin: 0; font-size: .7em; }
.calendar th, .calendar td { padding: .1em; border: 1px solid var(--paper); font-weight: 400; white-space: nowrap; }
.calendar tbody td { min-width: 2em; height: 1.9em; text-align: center; vertical-align: middle; }
.calendar td.level0 { background: var(--shade); }
.calendar thead th { max-width: 2em; overflow: visible; }
.calendar td.level1 { background: color-mix(in srgb, var(--accent) 20%, var(--shade)); }
.calendar td.level2 { background: color-mix(in srgb, var(--accent) 40%, var(--shade)); }
.calendar td.level3 { background: color-mix(in srgb, var(--accent) 65%, var(--shade)); }
.calendar td.level4 { background: var(--accent); color: var(--paper); }
.muted { color: var(--quiet); } .accent { color: var(--accent); } span.title, span.label { font-weight: 700; }
@page { margin: 12mm 14mm; }
@media print {
  :root {
    --ink: #000; --quiet: #444; --paper: #fff; --shade: #f4f4f4; --line: #bbb;
    --accent: #064a5e; --good: #0d5227; --bad: #8c1510; --partial: #5e2478;
  }
  html { font-size: 9pt; line-height: 1.3; }
  h1, h2 { margin: .8em 0 .2em; }
  table { margin: .2em 0 .6em; }
  th, td { padding: .12em .5em; }
  main { max-width: none; padding: 0; }
  p, ul, ol, pre, blockquote, .callout { max-width: none; }
  pre, pre code { white-space: pre-wrap; }
  thead { display: table-header-group; }
  tr, pre, blockquote, .callout, .choices li { break-inside: avoid; }
  h1, h2, h3, h4, h5, h6, .label { break-after: avoid; }
  p, li { orphans: 3; widows: 3; }
  a { color: inherit; }
  a.named::after { content: " <" attr(href) ">"; font-size: .8em; overflow-wrap: anywhere; }
  .callout, code, pre, .calendar td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}`
