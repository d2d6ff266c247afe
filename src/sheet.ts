import { type Markup, markup } from './markup.ts'
import { dark, light } from './palette.ts'

/** The style sheet of every page, the same for all of them. */
export const sheet: Markup = markup`
:root {
  color-scheme: light dark;
  --bg: ${light.bg};
  --ink: ${light.ink};
  --muted: ${light.muted};
  --line: ${light.line};
  --edge: ${light.mid};
  --accent: ${light.accent};
  --down: ${light.down};
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: ${dark.bg};
    --ink: ${dark.ink};
    --muted: ${dark.muted};
    --line: ${dark.line};
    --edge: ${dark.mid};
    --accent: ${dark.accent};
    --down: ${dark.down};
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--bg);
  color: var(--ink);
  font: 1.125rem/1.5 system-ui, sans-serif;
  font-variant-numeric: tabular-nums;
  overflow-wrap: break-word;
}
main {
  max-inline-size: 39.5rem;
  margin-inline: auto;
  padding: 1.5rem max(16px, env(safe-area-inset-right)) 4rem
    max(16px, env(safe-area-inset-left));
}
main.wide { max-inline-size: 44rem; }
h1, h2, p, ul, figure, pre, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.5rem; font-weight: 600; line-height: 1.333; text-wrap: balance; }
h2 { font-size: 1.125rem; font-weight: 600; }
p { max-inline-size: 37.5rem; text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.brand {
  display: flex;
  align-items: center;
  gap: .5rem;
  margin-block-end: 2.5rem;
  color: var(--muted);
  font-size: .9375rem;
}
.brand svg { flex: none; fill: none; stroke: var(--accent); stroke-width: 2; }
.small { color: var(--muted); font-size: .8125rem; }
.unseen {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.button {
  display: inline-block;
  min-block-size: 2.75rem;
  padding: .5rem 1.5rem;
  border: 1px solid transparent;
  border-radius: 8px;
  background: var(--accent);
  color: var(--bg);
  font: inherit;
  font-weight: 600;
  line-height: 1.5;
  text-decoration: none;
  cursor: pointer;
}
.button:hover { background: var(--ink); }

fieldset { min-inline-size: 0; border: 0; }
legend { padding: 0; margin-block-end: 1.5rem; }
.scale { display: grid; grid-template-columns: repeat(var(--row), minmax(0, 1fr)); gap: 4px; }
.of2 { --row: 2; max-inline-size: 20rem; }
.of5 { --row: 5; }
.of7 { --row: 4; }
.of11 { --row: 6; }
.scale label { display: grid; place-items: center; min-block-size: 3rem; }
:is(.scale, .drivers) label { position: relative; }
:is(.scale, .drivers) input {
  position: absolute;
  inset: 0;
  inline-size: 100%;
  block-size: 100%;
  margin: 0;
  appearance: none;
  border: 1px solid var(--edge);
  border-radius: 8px;
  cursor: pointer;
}
:is(.scale, .drivers) span { position: relative; pointer-events: none; }
/* As wide as its place, whatever its weight: a chosen score is bold and must not move. */
.scale input + span { justify-self: stretch; text-align: center; }
.scale .unseen { position: absolute; }
:is(.scale, .drivers) input:hover { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
:is(.scale, .drivers) :checked { border-color: var(--accent); background: var(--accent); }
:is(.scale, .drivers) :checked + span { color: var(--bg); }
.scale :checked + span { font-weight: 600; }
:is(.scale, .drivers) :checked + span::after {
  content: "";
  position: absolute;
  inset-block-start: 100%;
  inset-inline: calc(50% - .5rem);
  block-size: 2px;
  background: currentColor;
}
.scale :focus-visible { z-index: 1; }
.scale :focus-visible + span { z-index: 2; }
/* Pictures are drawn in the ink they stand on, and are as large as a thumb. */
.drawn label { min-block-size: 4rem; }
.drawn :checked + span::after { inset-block-start: calc(100% + 4px); }
.scale svg { display: block; margin: auto; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; }
.stars :checked + span svg, .stars label:has(~ label :checked) svg { fill: currentColor; }
.stars label:has(~ label :checked) svg { color: var(--accent); }
.ends {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  max-inline-size: none;
  margin-block-start: .5rem;
}
.ends span { display: flex; gap: .25rem; min-inline-size: 0; overflow-wrap: anywhere; hyphens: auto; }
.ends b { flex: none; color: var(--ink); font-weight: inherit; }
.of5 + .ends b { display: none; }
.of2 + .ends { max-inline-size: 20rem; }
.ends span + span { justify-content: end; text-align: end; }
.comment, .drivers, .send { margin-block-start: 1.5rem; }
.comment label { display: block; margin-block-end: .5rem; }
.drivers legend { margin-block-end: .5rem; }
.drivers ul { display: flex; flex-wrap: wrap; gap: 8px; list-style: none; }
/* Chosen or not, it is as wide: what stands beside it must not move. */
.drivers label { display: block; min-block-size: 2.75rem; padding: .5rem 1rem; }
.drivers label span { display: block; }
textarea {
  display: block;
  inline-size: 100%;
  min-block-size: 7rem;
  padding: .75rem;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--bg);
  color: inherit;
  font: inherit;
  resize: vertical;
}
.send + p { margin-block-start: 1rem; }
/* Where a browser cannot tell which score is chosen, it asks what fits all of them. */
.why { display: none; }
.why.middle { display: inline; }
@supports selector(:has(*)) {
  form:not(:has(.scale :checked)) :is(.comment, .drivers):not(.open) { display: none; }
  .why.middle { display: none; }
  form:has(.low:checked) .why.low, form:has(.middle:checked) .why.middle,
  form:has(.high:checked) .why.high { display: inline; }
}
.banner {
  margin-block-end: 2.5rem;
  padding: .5rem 1rem;
  border: 1px dashed var(--edge);
  border-radius: 8px;
}
/* A logo has its place before it is there. */
.brand:has(img) { min-block-size: 2.5rem; }
.brand img { max-block-size: 2.5rem; max-inline-size: 12rem; }
.lead { margin-block-end: 2.5rem; }
.lead p { margin-block-start: .75rem; }
.ways.actions { gap: 0 1.5rem; }
.problem {
  margin-block-end: 2.5rem;
  padding-inline-start: 1rem;
  border-inline-start: 4px solid var(--down);
}
/* It takes the focus to be read, not to be used: the bar is its sign, a ring would look like a control. */
.problem:focus { outline: none; }
.problem p { font-weight: 600; }
.problem ul { list-style: none; }
.problem a { display: inline-block; color: var(--down); }
[aria-invalid] input, textarea[aria-invalid] { border-color: var(--down); }
.notice p { margin-block-start: .75rem; }

.wide h2 { margin-block: 4rem .5rem; }
.wide p + p { margin-block-start: 1rem; }
.wide h1 + p { margin-block-start: 1.5rem; }
figure { margin-block: 2.5rem 1rem; }
figure img { display: block; max-inline-size: 100%; }
figure img[width] { block-size: auto; }
img + img { margin-block-start: 1.5rem; }
pre {
  margin-block-start: 1rem;
  padding-inline-start: 1rem;
  border-inline-start: 2px solid var(--line);
  font: .8125rem/1.75 ui-monospace, monospace;
  white-space: pre-wrap;
  word-break: break-all;
}
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem 1.5rem; }
p.actions { margin-block-start: 1.5rem; }
/* A link that stands by itself is as tall as a button. */
.actions a:not(.button) { display: inline-flex; align-items: center; min-block-size: 2.75rem; }

@media (min-width: 24rem) {
  .of7 { --row: 7; }
  .of7 + .ends b { display: none; }
}
@media (min-width: 36rem) {
  main { padding-block-start: 4rem; }
  .brand { margin-block-end: 4rem; }
  .scale { gap: 8px; }
  .of11 { --row: 11; }
  .of11 + .ends b { display: none; }
  .wide h1 { font-size: 2.5rem; line-height: 1.2; }
}
@media (prefers-reduced-motion: no-preference) {
  a, .button, fieldset input { transition: 120ms; transition-property: color, background-color, border-color; }
}
@media (forced-colors: active) {
  .brand svg { stroke: currentColor; }
  /* Named, because tools that measure contrast would otherwise read the colours that are not shown. */
  .button { border-color: ButtonText; background: ButtonFace; color: ButtonText; }
  .stars label:has(~ label :checked) svg { color: Highlight; }
  :is(.scale, .drivers) :checked { border-color: Highlight; background: Highlight; forced-color-adjust: none; }
  :is(.scale, .drivers) :checked + span { color: HighlightText; forced-color-adjust: none; }
}
`
