import {
  type Contents,
  type Description,
  type Parameter,
  type PlacedOperation,
  type Shape,
  answerOf,
  shapeOf,
} from '../description.ts'
import { type Content, type Markup, markup } from '../markup.ts'
import { curlOf } from './docs-curl.ts'

type All = Pick<Description, 'components'>

/** One operation: what it takes, what it answers, and how to try it. */
export function showOperation(operation: PlacedOperation, all: All): Markup {
  const { operationId, method, path, summary, description, parameters, requestBody } = operation
  return markup`<section aria-labelledby="${operationId}">
<h3 id="${operationId}">${summary}</h3>
<p class="route"><code><b>${method}</b> ${path}</code> ${needs(operation)}</p>
${description && markup`<p>${description}</p>`}
${
  parameters.length > 0 &&
  list(
    'Parameters',
    parameters.map((one) => showParameter(one, all)),
  )
}
${requestBody && showBody(requestBody.content, all)}
<pre><code>${curlOf(operation)}</code></pre>
${showAnswers(operation, all)}
</section>
`
}

function needs({ security }: PlacedOperation): string {
  const [first] = security
  if (first === undefined) return 'for everybody'
  const [scope] = first['key'] ?? []
  return scope === undefined ? 'with the ADMIN_KEY' : `with a key of scope ${scope}`
}

function list(title: string, items: readonly Markup[]): Markup {
  return markup`<h4>${title}</h4>
<dl>
${items}</dl>`
}

function item(name: string, what: string, text: Content): Markup {
  return markup`<dt><code>${name}</code> <span class="small">${what}</span></dt>
<dd>${text}</dd>
`
}

function showParameter({ name, in: place, required, description, schema }: Parameter, all: All) {
  const shape = shapeOf(schema, all)
  const what = [
    place === 'path' ? 'in the path' : required ? 'required' : 'optional',
    wordsOf(schema, all),
    ...usualOf(shape),
  ]
  return item(name, what.join(', '), description ?? choicesOf(shape))
}

const usualOf = ({ default: usual }: Shape): string[] =>
  usual === undefined || usual === '' ? [] : [`usually ${JSON.stringify(usual)}`]

/** The values there are, where there are some to choose from. */
function choicesOf({ enum: choices, description }: Shape): Content {
  if (choices === undefined) return description
  return choices.map((choice, at) => markup`${at > 0 && ', '}<code>${choice}</code>`)
}

function showBody(content: Contents, all: All): Markup {
  const [first] = Object.values(content)
  const shape = first === undefined ? {} : shapeOf(first.schema, all)
  const fields = Object.entries(shape.properties ?? {})
  const types = Object.keys(content).map((one, at) => markup`${at > 0 && ', '}<code>${one}</code>`)
  return markup`<h4>Body</h4>
<p class="small">${types}</p>
${
  fields.length > 0 &&
  markup`<dl>
${fields.map(([name, field]) => showField(name, field, { all, shape }))}</dl>`
}`
}

function showField(name: string, field: Shape, { all, shape }: { all: All; shape: Shape }): Markup {
  const found = shapeOf(field, all)
  const required = shape.required?.includes(name) === true
  const what = [required ? 'required' : 'optional', wordsOf(field, all), ...usualOf(found)]
  return item(name, what.join(', '), found.description ?? choicesOf(found))
}

/** What a value is, in a word or two. */
function wordsOf(shape: Shape, all: All): string {
  const found = shapeOf(shape, all)
  const choices = found.anyOf ?? found.oneOf
  if (choices !== undefined) {
    return [...new Set(choices.map((one) => wordsOf(one, all)))].join(' or ')
  }
  if (found.const !== undefined) return JSON.stringify(found.const)
  if (found.type === 'array') {
    return typeof found.items !== 'object' ? 'list' : `list of ${wordsOf(found.items, all)}`
  }
  if (found.type === 'string') return found.format ?? (found.enum === undefined ? 'text' : 'one of')
  return found.type ?? 'anything'
}

function showAnswers({ responses }: PlacedOperation, all: All): Markup {
  const answers = Object.entries(responses).map(([status, answer]) => ({
    status,
    refers: '$ref' in answer,
    ...answerOf(answer, all),
  }))
  const done = answers.filter(({ refers }) => !refers)
  const refused = answers.filter(({ refers }) => refers)
  return markup`<h4>Answers</h4>
${done.map(
  ({
    status,
    description,
    content,
    headers = {},
  }) => markup`<p><b>${status}</b> ${description}${Object.keys(headers).map((name) => markup`, <code>${name}</code>`)}</p>
${content && showExample(content)}`,
)}
<p class="small">Problems: ${refused.map(({ status, content }, at) => markup`${at > 0 && ', '}${problemLink(status, content)}`)}</p>`
}

/** Where a problem is explained: the kind of the example stands for its status. */
function problemLink(status: string, content: Contents | undefined): Content {
  const example = content?.['application/problem+json']?.example
  const type =
    typeof example === 'object' && example !== null && 'type' in example ? example.type : ''
  const kind = String(type).slice(String(type).lastIndexOf(':') + 1)
  return markup`<a href="#problem-${kind}">${status}</a>`
}

function showExample(content: Contents): Markup {
  const [first] = Object.entries(content)
  if (first === undefined) return markup``
  const [type, { example }] = first
  const text = typeof example === 'string' ? example : JSON.stringify(example, null, 2)
  return markup`<pre><code>${type}

${text}</code></pre>
`
}
