/** The page's style: light and dark, from 400 pixels on, on screen and on paper. Shapes and words tell what colours do. */
export const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5;
  --line: light-dark(#c9ced6, #444b57); --soft: light-dark(#f3f5f8, #1d2127); --dim: light-dark(#586070, #a3acba);
  --bad: light-dark(#a40000, #ff9a9a); --badsoft: light-dark(#fdecec, #3a1a1a);
  --open: light-dark(#7a4b00, #ffc766); --opensoft: light-dark(#fff4df, #33270f);
  --good: light-dark(#00600f, #8fdc9a); --goodsoft: light-dark(#e6f5e8, #12301a); }
html { background: light-dark(#fff, #121417); color: light-dark(#15181c, #e9ecf0); }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; } h2 { font-size: 1.2rem; margin: 0; } h3 { font-size: 1rem; margin: 2rem 0 0.5rem; }
section { margin: 0 0 3rem; content-visibility: auto; contain-intrinsic-height: auto 60rem; }
.banner { border: 1px solid; border-left-width: 0.6rem; border-radius: 0.3rem; padding: 0.8rem 1rem; margin-top: 1.5rem; }
.banner.failed { border-color: var(--bad); background: var(--badsoft); }
.banner.inconclusive { border-color: var(--open); background: var(--opensoft); }
.banner.passed { border-color: var(--good); background: var(--goodsoft); }
.banner p { margin: 0.4rem 0 0; }
.result { font-weight: bold; }
.failed .result, .result.failed, .explicitDeny, .implicitDeny { color: var(--bad); }
.inconclusive .result, .result.inconclusive, .unknown { color: var(--open); }
.passed .result, .result.passed, .allowed { color: var(--good); }
.notApplicable { color: var(--dim); }
dl.subject { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0.8rem 0 0; font-size: 0.9rem; }
dt { color: var(--dim); } dd { margin: 0; }
.kind, .note { color: var(--dim); font-size: 0.9rem; }
article { border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.6rem 1rem; margin: 0.8rem 0; }
article h4 { margin: 0; font-size: 1rem; } article p { margin: 0.4rem 0; }
pre, code { font-family: ui-monospace, monospace; font-size: 0.85rem; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 0.3rem; margin: 0.5rem 0; max-height: 26rem;
  overflow: auto; padding: 0.6rem; white-space: pre-wrap; }
pre.command { user-select: all; }
mark { background: light-dark(#ffd9d9, #6b1f1f); color: inherit; display: inline-block; min-width: 100%; outline: 1px solid var(--bad); }
ins, del { display: inline-block; min-width: 100%; text-decoration: none; }
ins { background: light-dark(#d9f2dd, #16401f); } del { background: light-dark(#ffdfdf, #5a1d1d); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: left; color: var(--dim); font-size: 0.9rem; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; font-weight: normal; overflow-wrap: normal; }
thead th { font-weight: bold; } .matrix td { text-align: center; } .matrix td.verdict { text-align: left; }
abbr { text-decoration: none; }
.look { display: inline-block; box-sizing: border-box; width: 1.7rem; height: 1.7rem; line-height: 1.5rem; padding: 0; text-align: center;
  font: inherit; font-weight: bold; border: 2px solid transparent; background: none; color: inherit; }
button.look { cursor: pointer; }
.look.blocks { background: light-dark(#a40000, #ff9a9a); color: light-dark(#fff, #2b0000); border-color: var(--bad); }
.look.unknown { border: 2px dashed var(--open); color: var(--open); }
.look.silent { border: 2px solid var(--dim); border-radius: 50%; color: var(--dim); }
.look.allowed { color: var(--good); } .look.notApplicable { color: var(--dim); font-weight: normal; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; font-size: 0.9rem; }
.detail { border: 1px solid var(--line); border-radius: 0.3rem; max-width: 34rem; padding: 0.6rem 1rem; box-shadow: 0 0.3rem 1.2rem #0004; }
.path { display: flex; flex-wrap: wrap; gap: 0.5rem 1.6rem; list-style: none; padding: 0; }
.level { border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.4rem 0.8rem; position: relative; font-size: 0.9rem; }
.level + .level::before { content: "→"; position: absolute; left: -1.35rem; top: 0.4rem; color: var(--dim); }
.level.blocks { border: 2px solid var(--bad); background: var(--badsoft); }
.level ul { margin: 0.2rem 0 0; padding-left: 1.1rem; } .blamed, .says { color: var(--bad); font-weight: bold; }
.index td { vertical-align: top; } .index td:nth-child(2) { min-width: 10rem; }
.filter { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; border: 1px solid var(--line); border-radius: 0.3rem; margin: 1rem 0; }
body:has(#only-failed:checked) [data-status]:not([data-status="failed"]),
body:has(#only-inconclusive:checked) [data-status]:not([data-status="inconclusive"]),
body:has(#only-passed:checked) [data-status]:not([data-status="passed"]) { display: none; }
a { color: light-dark(#0b4fa0, #8ab8ff); }
:focus-visible { outline: 3px solid light-dark(#0b4fa0, #8ab8ff); outline-offset: 1px; }
@media print { pre { max-height: none; } .filter, [popover] { display: none; }
  .banner, tr { break-inside: avoid; } h2, h3, h4, summary { break-after: avoid; } }
@media (forced-colors: active) { mark { background: Canvas; color: CanvasText; outline: 3px solid Highlight; }
  .look.blocks { forced-color-adjust: none; background: CanvasText; color: Canvas; border-color: CanvasText; } }
@media (max-width: 40rem) { dl.subject { grid-template-columns: 1fr; } dd { margin-bottom: 0.3rem; } }
`;
