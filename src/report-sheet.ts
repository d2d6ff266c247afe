import { type Markup, markup } from './markup.ts'
import { light } from './palette.ts'

/** What a report's page needs besides the sheet of every page: pictures in pairs, tables, and paper. */
export const reportSheet: Markup = markup`
.report ul { padding-inline-start: 1.25rem; max-inline-size: 37.5rem; }
.report li + li { margin-block-start: .5rem; }
.report section { margin-block-start: 4rem; }
.report section h2 { margin-block: 0 1rem; font-size: 1.5rem; }
.report .pair {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5rem), 1fr));
  gap: 2.5rem 1.5rem;
}
.report figure { margin: 0; }
.report figure img { inline-size: 100%; block-size: auto; aspect-ratio: 5 / 2; }
.report figcaption { margin-block-start: .5rem; font-size: .9375rem; text-wrap: pretty; }
.report table {
  inline-size: 100%;
  margin-block-start: 2.5rem;
  border-collapse: collapse;
  font-size: .9375rem;
  line-height: 1.333;
}
.report th { padding: .25rem 0; font-weight: 400; text-align: start; vertical-align: baseline; }
.report thead th { color: var(--muted); font-size: .8125rem; }
.report td, .report thead th + th {
  padding: .25rem 0 .25rem .75rem;
  text-align: end;
  vertical-align: baseline;
}
.report td { white-space: nowrap; }
.report td small { display: block; color: var(--muted); font-size: .8125rem; }
.report .notes { font-size: .9375rem; }
.report .sources { margin-block-start: 1rem; }
/* Three columns of money are wider than a phone; by how much a value changed tells what it was before. */
@media (max-width: 30rem) {
  .report tr > :nth-child(3) { display: none; }
  .report th { overflow-wrap: anywhere; hyphens: auto; }
  .report td small { white-space: normal; }
}
@media print {
  @page { margin: 16mm 18mm; }
  :root {
    color-scheme: light;
    --bg: ${light.bg};
    --ink: ${light.ink};
    --muted: ${light.muted};
    --line: ${light.line};
    --accent: ${light.accent};
  }
  body { font-size: 10.5pt; }
  .report :is(figcaption, table, .notes) { font-size: 9.5pt; }
  main.wide { max-inline-size: none; padding: 0; }
  .brand { margin-block-end: 1rem; }
  .report section { margin-block-start: 1.5rem; }
  .report .pair { grid-template-columns: 1fr 1fr; gap: 1.25rem 1.5rem; }
  .report table { margin-block-start: 1rem; }
  .report h2 { break-after: avoid; }
  .report :is(figure, tr, li) { break-inside: avoid; }
  .report a { color: inherit; text-decoration: none; }
}
`
