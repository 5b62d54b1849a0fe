import { PRINT_STYLE } from './html-print-style.ts'

/** How the page looks: the same text, with the same hash, in every page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --panel: #fff; --sunk: #f1f1ee; --ink: #1d2127; --dim: #59626d; --line: #e0e1de; --link: #0a58b5;
  --add: #0f6127; --add-soft: #e3f4e7; --change: #7a4a00; --change-soft: #fdf1d8;
  --delete: #a3122a; --delete-soft: #fde9eb; --again: #63399b; --again-soft: #f1eafa;
  --warn: #8a3b00; --warn-soft: #ffeadb;
  --mono: ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f1215; --panel: #171b20; --sunk: #1e232a; --ink: #e3e6ea; --dim: #9ba5b1; --line: #2b313a; --link: #7fb6ff;
    --add: #71d88e; --add-soft: #12301d; --change: #edbe63; --change-soft: #33280f;
    --delete: #ff9ba4; --delete-soft: #3b171c; --again: #c8a8f4; --again-soft: #2b203d;
    --warn: #ffb482; --warn-soft: #3a2212;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 5rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
header, main { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
main { padding-bottom: 6rem; }
p, ul, ol, dl, dd, h1, h2, h3 { margin: 0; padding: 0; }
ul, ol { list-style: none; } li { display: block; }
code, del, ins { font-family: var(--mono); font-size: .87em; unicode-bidi: isolate; overflow-wrap: anywhere; }
code.exact { white-space: pre-wrap; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }

header { padding-top: 2.5rem; }
.brand { color: var(--dim); font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; }
h1 { overflow-wrap: anywhere; font-size: 1.9rem; line-height: 1.25; font-weight: 650; letter-spacing: -.015em; margin: .15rem 0 1rem; }
.alarm { border-left: 4px solid var(--delete); background: var(--delete-soft); color: var(--delete); padding: .5rem .8rem; margin-bottom: .5rem; border-radius: 0 6px 6px 0; font-weight: 550; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 1.25rem; }
.figures li { background: var(--panel); border: 1px solid var(--line); border-radius: 999px; padding: .15rem .8rem; color: var(--dim); }
.figures b { color: var(--ink); font-variant-numeric: tabular-nums; }
.figures .create b { color: var(--add); } .figures .update b { color: var(--change); } .figures .delete b, .figures .loses b { color: var(--delete); }
.figures .gains b { color: var(--warn); } .figures .public { background: var(--warn-soft); color: var(--warn); border-color: transparent; font-weight: 600; } .figures .public b { color: inherit; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20.5rem, 100%), 1fr)); gap: .6rem 1.5rem; border-top: 1px solid var(--line); padding: .9rem 0; }
.facts .long { grid-column: span 2; }
dt { color: var(--dim); font-size: .78rem; } dd { overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; border-top: 1px solid var(--line); padding: .7rem 0 1rem; font-size: .9rem; }
.n { white-space: nowrap; color: var(--dim); font-weight: 400; font-size: .85em; font-variant-numeric: tabular-nums; }

#filter { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: 1.5rem -1.5rem 0; padding: .6rem 1.5rem; background: var(--page); border-bottom: 1px solid var(--line); font-size: .87rem; }
label { color: var(--dim); white-space: nowrap; }
input[type=search], select, button { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .5rem; max-width: 17rem; }
button { cursor: pointer; } button:hover { background: var(--sunk); }
output { margin-left: auto; color: var(--dim); font-variant-numeric: tabular-nums; }

.section { margin-top: 2.2rem; }
h2 { font-size: 1.05rem; font-weight: 650; margin-bottom: .6rem; }
h3 { font-size: .95rem; font-family: var(--mono); font-weight: 600; }
.changes, .notes { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.changes, .notes { border-left-width: 4px; }
:is(.gains, .gains_matched, .gains_beside, .wider, .overwrites) > .changes { border-left-color: var(--warn); } .warnings > .notes { border-left-color: var(--change); }
.taken_away > .changes, :is(.errors, .not_read, .refused) > .notes { border-left-color: var(--delete); }
.change, .note { padding: .65rem 1rem .75rem; border-top: 1px solid var(--line); }
.many .change { content-visibility: auto; contain-intrinsic-size: auto 5.5rem; }
.change:first-child, .note:first-child { border-top: 0; }
.change:target { background: var(--sunk); }
.head { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; }
.symbol { flex: none; width: 1.35rem; text-align: center; border-radius: 5px; font: 700 .9rem/1.35rem var(--mono); }
.create .symbol { background: var(--add-soft); color: var(--add); } .update .symbol { background: var(--change-soft); color: var(--change); }
.delete .symbol { background: var(--delete-soft); color: var(--delete); } .again .symbol { background: var(--again-soft); color: var(--again); }
.subject { font-weight: 600; font-size: .92em; }
.delete .subject { text-decoration: line-through; text-decoration-color: color-mix(in srgb, var(--delete) 55%, transparent); }
.why { color: var(--dim); font-size: .83rem; }
.head .why { margin-left: auto; text-align: right; }
.fields { width: calc(100% - 1.95rem); margin: .35rem 0 0 1.95rem; border-collapse: collapse; table-layout: fixed; font-size: .93em; }
.fields th, .fields td { text-align: left; vertical-align: top; padding: .22rem .8rem .22rem 0; font-weight: 400; }
.fields thead th { color: var(--dim); font-size: .75rem; padding-bottom: 0; }
.fields th:first-child { width: 16rem; } .fields tbody th code { color: var(--dim); }
.fields tbody tr + tr > * { border-top: 1px dashed var(--line); }
del, ins { text-decoration: none; border-radius: 4px; padding: .06rem .32rem; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
del { background: var(--delete-soft); color: var(--delete); } ins { background: var(--add-soft); color: var(--add); }
.none { color: var(--dim); font-size: .87em; } .beside { display: block; margin-top: .15rem; }
.names { display: flex; flex-wrap: wrap; gap: .2rem .5rem; }
.text { overflow-wrap: anywhere; font-family: var(--mono); font-size: .87em; } details.more, details.folded { margin-top: .15rem; font-size: .93em; } .change > .folded { margin-left: 1.95rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; } details[open] > summary { margin-bottom: .3rem; }
.access { margin: .45rem 0 0 1.95rem; display: flex; flex-wrap: wrap; gap: .1rem .8rem; }
.access p { font-weight: 550; } .access p::first-letter { text-transform: uppercase; } .access.gains p { color: var(--warn); } .access.loses p { color: var(--delete); }
.pill { font: 600 .7rem/1 system-ui, sans-serif; border-radius: 999px; padding: .18rem .45rem; vertical-align: .1em; white-space: nowrap; }
.pill.wide, .pill.public { background: var(--warn-soft); color: var(--warn); } .pill.again { background: var(--again-soft); color: var(--again); }
.aside { margin: .35rem 0 0 1.95rem; font-size: .9em; } .aside b { color: var(--dim); font-weight: 600; }
.note .names, .hint { margin-top: .3rem; } .hint { font-size: .9em; color: var(--dim); }
.rest { margin-top: 1.2rem; } .rest > summary { color: inherit; } .rest > summary h2 { display: inline; }
.empty { padding: 3rem 0; text-align: center; color: var(--dim); }

.legend { color: var(--dim); font-size: .9rem; margin-bottom: .8rem; }
.key, .matrix td::before { font-family: var(--mono); font-weight: 700; }
.g::before { content: '+'; content: '+' / ''; } .l::before { content: '−'; content: '−' / ''; } .k::before { content: '•'; content: '•' / ''; }
.key { display: inline-block; width: 1.3rem; text-align: center; border-radius: 4px; margin-left: .6rem; } .key:first-child { margin-left: 0; }
.g { background: var(--add-soft); color: var(--add); } .l { background: var(--delete-soft); color: var(--delete); } .k { color: var(--dim); }
.matrix { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem; margin-bottom: 1rem; }
.tools { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; margin: .5rem 0 .7rem; font-size: .87rem; align-items: center; } .tools input[type=checkbox] { vertical-align: -.1em; margin: 0 .2rem 0 0; }
.scroll { position: relative; overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: 6px; width: fit-content; max-width: 100%; }
.matrix table { border-collapse: separate; border-spacing: 0; font-size: .87rem; }
.matrix th, .matrix td { border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); padding: 0; height: 1.6rem; text-align: center; font-weight: 400; }
.matrix td { min-width: 1.6rem; }
.matrix td i { display: inline-block; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.matrix caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: var(--panel); vertical-align: bottom; padding: .4rem .1rem; }
.matrix thead .col span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 13rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; display: inline-block; text-align: left; }
.matrix tbody th { position: sticky; left: 0; z-index: 1; background: var(--panel); text-align: left; padding: 0 .7rem; white-space: nowrap; }
.matrix tbody th[scope=row] code { display: block; max-width: min(24rem, 40vw); overflow: hidden; text-overflow: ellipsis; }
.matrix thead .corner { left: 0; z-index: 3; text-align: left; padding: .4rem .7rem; color: var(--dim); }
.matrix .total { padding: 0 .6rem; white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--dim); } .matrix .total b { color: var(--ink); }
.matrix .family th { background: var(--sunk); color: var(--dim); font-size: .93em; } .matrix .family code { position: sticky; left: .7rem; }
.columns { margin-top: .5rem; font-size: .93em; } .turn { display: flex; flex-wrap: wrap; gap: .4rem; } button:disabled { color: var(--dim); cursor: default; }
.part { margin: 0 0 .4rem; font-size: .87rem; } .unscripted { margin-bottom: .5rem; font-size: .9em; } .matrix .empty { padding: 1rem 0; }
.matrix tbody tr:hover > :is(td:not(.g, .l), th) { background: var(--sunk); }
.matrix:has(.only:checked) .same { display: none; }

@media (max-width: 48rem) {
  header, main { padding-left: 1rem; padding-right: 1rem; } #filter { position: static; margin: 0; padding: .6rem 0; }
  .fields, .access, .aside, .change > .folded { margin-left: 0; width: 100%; } .facts .long { grid-column: auto; } .fields th:first-child { width: 36%; } .fields :is(th, td) { padding-right: .4rem; } .head .why { margin-left: 0; text-align: left; }
}
${PRINT_STYLE}`
