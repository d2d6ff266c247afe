import { type Markup, markup } from '../markup.ts'

/** What the page of the API needs besides the style sheet of every page. */
export const docsSheet: Markup = markup`
nav { margin-block-start: 2.5rem; }
nav ul { padding-inline-start: 1rem; font-size: .9375rem; list-style: none; }
nav > ul { padding-inline-start: 0; columns: 18rem; }
nav > ul > li { margin-block-end: 1rem; break-inside: avoid; }
nav a { display: inline-block; padding-block: .125rem; }
section { margin-block-start: 2.5rem; }
h3, h4 { margin: 0; font-size: 1.125rem; font-weight: 600; scroll-margin-block-start: 1rem; }
h4 { margin-block-start: 1.5rem; font-size: .9375rem; }
h2, dt { scroll-margin-block-start: 1rem; }
code { font-family: ui-monospace, monospace; font-size: .875em; }
pre code { font-size: inherit; }
.route { color: var(--muted); font-size: .9375rem; }
.route code { color: var(--ink); }
dl { margin: .5rem 0 0; font-size: .9375rem; }
dt { margin-block-start: .75rem; }
dd { margin: 0; max-inline-size: 37.5rem; color: var(--muted); }
section p { margin-block-start: .5rem; font-size: .9375rem; }
`
