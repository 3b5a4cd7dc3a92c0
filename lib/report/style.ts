/**
 * The style of the page. Every text has a contrast of at least 4.5 to what is behind it, in both schemes; a browser test
 * computes it.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f6f8, #12151b);
  --card: light-dark(#ffffff, #1a1f28);
  --soft: light-dark(#eef1f5, #222936);
  --line: light-dark(#d3d9e2, #364153);
  --ink: light-dark(#18202c, #e8ecf3);
  --minor: light-dark(#4e5a6b, #a9b4c4);
  --link: light-dark(#1b4f9c, #8ab8ff);
  --submitter: light-dark(#6a3a9e, #c9a6f5);
  --submitter-soft: light-dark(#f3ecfa, #2c2340);
  --operator: light-dark(#0b6158, #6fd3c4);
  --operator-soft: light-dark(#e4f3f1, #15332f);
  --run: light-dark(#1b4f9c, #8ab8ff);
  --run-soft: light-dark(#e8effa, #1b2c47);
  --other: light-dark(#8a4b00, #f2b866);
  --other-soft: light-dark(#fdf1df, #3a2a10);
  --high: light-dark(#a3171f, #ff9d9d);
  --high-soft: light-dark(#fdeaea, #431a1d);
  --good: light-dark(#17633a, #7fd6a3);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace;
}
:root:has(#scheme-light:checked) { color-scheme: light; }
:root:has(#scheme-dark:checked) { color-scheme: dark; }
* { box-sizing: border-box; }
html { scroll-padding-top: 5rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
a { color: var(--link); text-underline-offset: 2px; }
code, .name, kbd { font-family: var(--mono); font-size: 0.92em; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.6rem; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; }
h3 { font-size: 1rem; }
p { margin: 0.4rem 0; max-width: 90ch; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 3; background: var(--card); padding: 0.5rem 1rem; }
.wrap { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
header .wrap { padding-top: 32px; padding-bottom: 12px; }
.minor { color: var(--minor); }
.bar { position: sticky; top: 0; z-index: 2; background: var(--card); border-block: 1px solid var(--line); }
.bar .wrap { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; padding-top: 9px; padding-bottom: 9px; }
.bar nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-right: auto; }
.bar nav a { text-decoration: none; padding: 2px 0; }
.bar nav a:hover { text-decoration: underline; }
.search { display: flex; gap: 8px; align-items: center; }
.search input { font: inherit; width: 13rem; padding: 4px 10px; color: var(--ink); background: var(--page); border: 1px solid var(--minor); border-radius: 6px; }
.search output { color: var(--minor); font-size: 0.87rem; min-width: 5rem; }
[hidden] { display: none !important; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; gap: 2px 10px; font-size: 0.87rem; }
legend { position: absolute; left: -100vw; }
fieldset input { accent-color: var(--link); margin: 0 4px 0 0; vertical-align: -1px; }
main.wrap { padding-top: 8px; padding-bottom: 48px; }
section { margin-top: 40px; }
section > h2 + p { margin-bottom: 12px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; list-style: none; padding: 0; margin: 16px 0 0; }
.tiles li { display: flex; flex-direction: column; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.tiles strong { font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles .alert { border-color: var(--high); }
.tiles .alert strong { color: var(--high); }
.card, details.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.card { padding: 14px 18px; margin-top: 12px; overflow-wrap: anywhere; }
.card h3 { margin-bottom: 6px; }
details.card { padding: 0; }
summary { cursor: pointer; padding: 10px 16px; border-radius: 8px; }
summary:hover { background: var(--soft); }
details:not(.card) > summary { padding: 1px 6px; width: fit-content; }
details > :not(summary) { margin-left: 16px; margin-right: 16px; }
details > :last-child { margin-bottom: 14px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 8px; margin-top: 12px; }
.cards details.card { margin: 0; }
.cards details[open] { grid-column: 1 / -1; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin-top: 12px; }
.scroll.plain { border: 0; }
.cards details > .scroll { margin: 0; }
.cards svg { margin-top: 0; }
table { border-collapse: collapse; width: 100%; overflow-wrap: break-word; }
caption { text-align: left; padding: 10px 14px; color: var(--minor); font-size: 0.9rem; }
th, td { min-width: 7rem; text-align: left; vertical-align: top; padding: 8px 14px; border-top: 1px solid var(--line); }
thead th { background: var(--soft); font-size: 0.87rem; }
tbody tr:hover { background: var(--soft); }
td ul, .card ul, .card ol { margin: 0; padding: 0 0 0 1.1rem; }
td ul.bare, ul.bare { list-style: none; padding: 0; margin: 0; }
td ul.bare li + li { margin-top: 8px; }
ul.inline { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 8px; padding: 0 !important; margin: 6px 0 0; }
ul.inline li { background: var(--soft); border-radius: 5px; padding: 0 8px; }
.matrix { min-width: 940px; table-layout: fixed; }
.matrix th:first-child { width: 13%; position: sticky; left: 0; background: var(--card); }
.matrix thead th:first-child { background: var(--soft); }
.matrix .driver { width: 18%; } .matrix .executor, .matrix .other { width: 14%; }
.does { font-size: 0.87rem; color: var(--minor); }
.tag { display: inline-block; font-size: 0.8rem; line-height: 1.4; padding: 0 7px; border-radius: 10px; border: 1px solid currentColor; white-space: nowrap; }
.tag.high { color: var(--high); background: var(--high-soft); }
.tag.design { color: var(--minor); background: var(--card); }
.tag.medium { color: var(--other); background: var(--other-soft); }
.submitter { color: var(--submitter); } .operator { color: var(--operator); } .run { color: var(--run); } .other { color: var(--other); }
.none { color: var(--good); font-weight: 600; }
footer { border-top: 1px solid var(--line); color: var(--minor); font-size: 0.9rem; }
footer .wrap { padding-top: 16px; padding-bottom: 32px; }
svg { display: block; margin: 12px; max-width: calc(100% - 24px); min-width: 820px; height: auto; font-family: system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; font-size: 13px; }
svg text { fill: var(--ink); }
svg text.minor { fill: var(--minor); font-size: 12px; }
svg text.end { text-anchor: end; }
svg text.name { font-family: var(--mono); font-size: 13px; }
svg text.title { font-family: var(--mono); font-size: 15px; font-weight: 600; }
svg text.phrase { fill: var(--minor); }
svg text.submitter { fill: var(--submitter); } svg text.operator { fill: var(--operator); } svg text.other { fill: var(--other); }
svg .home { fill: var(--page); stroke: var(--line); stroke-dasharray: 4 3; }
svg .lane { fill: var(--page); stroke: var(--line); }
svg .node.submitter { fill: var(--submitter-soft); stroke: var(--submitter); }
svg .node.operator { fill: var(--operator-soft); stroke: var(--operator); }
svg .node.other { fill: var(--other-soft); stroke: var(--other); }
svg .box { fill: var(--card); stroke: var(--line); }
svg .box.application { fill: var(--run-soft); stroke: var(--run); }
svg .box.driver { stroke: var(--run); }
svg .edge { fill: none; stroke-width: 1.6; }
svg .edge.submitter { stroke: var(--submitter); } svg .edge.operator { stroke: var(--operator); }
svg .edge.run { stroke: var(--run); } svg .edge.other { stroke: var(--other); }
svg .edge.reads { stroke-dasharray: 5 4; }
svg .head.submitter { fill: var(--submitter); } svg .head.operator { fill: var(--operator); }
svg .head.run { fill: var(--run); } svg .head.other { fill: var(--other); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; padding: 0; margin: 8px 0 0; font-size: 0.87rem; color: var(--minor); }
.legend b { font-weight: 600; }
@media (max-width: 640px) {
  .wrap { padding-left: 16px; padding-right: 16px; }
  .bar { position: static; }
  .search, .search input { width: 100%; }
  .tiles { grid-template-columns: 1fr 1fr; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { color-scheme: light !important; }
  html { font-size: 12px; }
  body { background: #fff; font-size: 9.5pt; }
  th, td { padding: 4px 8px; }
  .bar, .skip, footer { display: none; }
  .wrap { max-width: none; padding: 0; }
  .scroll { overflow: visible; border: 0; }
  .matrix { min-width: 0; font-size: 9pt; }
  svg { width: 100%; min-width: 0; max-width: 100%; margin: 0; }
  tr, .card > p, svg { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
`;
