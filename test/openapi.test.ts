import { createConfig, lintFromString } from '@redocly/openapi-core'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { app } from '../workers/app.ts'
import { sections } from '../workers/operations/index.ts'
import { descriptionOf } from './openapi/document.ts'

const operations = sections.flatMap((section) => Object.entries(section.operations))
const description = descriptionOf(sections)

test('docs/openapi.json says what the declarations say', async () => {
  const text = `${JSON.stringify(description, null, 1)}\n`

  await expect(text).toMatchFileSnapshot('../docs/openapi.json')
})

test('every route is described, and nothing that is no route', () => {
  // What is used on the way to several routes is no route; webhooks are taken whatever their method.
  const served = app.routes
    .filter(({ method, path }) => method !== 'ALL' || path === '/hooks/*')
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const described = operations.map(([name, { served: route }]) => route ?? name)

  expect(new Set(described)).toEqual(new Set(served))
})

test('operations have names of their own, and what they answer has too', () => {
  const ids = operations.map(([, { id }]) => id)
  const summaries = operations.map(([, { summary }]) => summary)
  const names = sections.flatMap(({ schemas }) => Object.keys(schemas))

  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(summaries).size).toBe(summaries.length)
  expect(new Set(names).size).toBe(names.length)
})

const bodies = operations.flatMap(([name, { bodies: all = [] }]) =>
  all
    .filter(({ type }) => type.endsWith('json'))
    .map((media) => [name, media.type, media] as const),
)

test.each(bodies)('the example of %s as %s keeps the rules of its body', (_, _type, media) => {
  const { success, issues } = v.safeParse(media.schema, media.example)

  expect(issues).toBeUndefined()
  expect(success).toBe(true)
})

test('an OpenAPI linter has nothing to say', async () => {
  const config = await createConfig({
    extends: ['recommended'],
    // An icon, and whether anybody is there, are refused to nobody.
    rules: { 'operation-4xx-response': 'off' },
  })
  const source = JSON.stringify(description)

  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config })

  expect(found.map(({ message, location }) => [message, location[0]?.pointer])).toEqual([])
}, 20_000)
