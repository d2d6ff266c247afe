import { type Description, type PlacedOperation, operationsOf } from '../description.ts'
import { plain } from '../dress.ts'
import { type Markup, markup } from '../markup.ts'
import { page } from '../page.ts'
import { problemKinds, describeProblem } from '../problem.ts'
import { showOperation } from './docs-operation.ts'
import { docsSheet } from './docs-sheet.ts'

/** How the page of the API looks. */
export const docsDress = { ...plain, sheet: docsSheet }

/** The API for people: the same description that machines get, as one page without a script. */
export function docsPage(description: Description): Markup {
  const { info, tags } = description
  const placed = operationsOf(description)
  const sections = tags.map((tag) => ({
    ...tag,
    anchor: anchorOf(tag.name),
    operations: placed.filter((operation) => operation.tags.includes(tag.name)),
  }))
  return page({
    language: { id: 'en', direction: 'ltr' },
    title: `${info.title} API`,
    wide: true,
    listed: true,
    dress: docsDress,
    body: markup`<h1>API</h1>
${info.description.split('\n').map((text) => markup`<p>${inCode(text)}</p>`)}
<p>Machines read <a href="/openapi.json">/openapi.json</a>, OpenAPI ${description.openapi}.</p>
<nav aria-label="Contents"><ul>
${sections.map(({ name, anchor, operations }) => contents(name, anchor, operations))}
<li><a href="#problems">Problems</a></li>
</ul></nav>
${sections.map(
  ({ name, description: text, anchor, operations }) => markup`<h2 id="${anchor}">${name}</h2>
<p>${text}</p>
${operations.map((operation) => showOperation(operation, description))}`,
)}
<h2 id="problems">Problems</h2>
<p>The <code>type</code> of a problem is one of these; <code>detail</code> says what is wrong, and
<code>errors</code> names each field that is to blame.</p>
<dl>
${problemKinds.map(showProblem)}
</dl>`,
  })
}

const anchorOf = (name: string) => name.toLowerCase().replaceAll(' ', '-')

function contents(name: string, anchor: string, operations: readonly PlacedOperation[]): Markup {
  return markup`<li><a href="#${anchor}">${name}</a><ul>
${operations.map(
  ({ operationId, summary }) => markup`<li><a href="#${operationId}">${summary}</a></li>
`,
)}</ul></li>
`
}

function showProblem(kind: (typeof problemKinds)[number]): Markup {
  const { type, title, status } = describeProblem(kind)
  return markup`<dt id="problem-${kind}"><code>${type}</code></dt>
<dd>${status}: ${title}.</dd>
`
}

/** Text with what stands between backticks as code. */
function inCode(text: string): (Markup | string)[] {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : markup`<code>${part}</code>`))
}
