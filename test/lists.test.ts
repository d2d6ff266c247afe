import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { charts } from '../src/charts/index.ts'
import { facts } from '../src/facts/index.ts'
import { kpis } from '../src/kpis/index.ts'
import { languages } from '../src/languages/index.ts'
import type { Part } from '../src/part.ts'
import { questions } from '../src/surveys/index.ts'

function namesIn(folder: string): string[] {
  return readdirSync(`${import.meta.dirname}/../src/${folder}`)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => name !== 'index')
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What a file exports under its own name. */
async function exportOf(folder: string, name: string): Promise<unknown> {
  const module = (await import(`../src/${folder}/${name}.ts`)) as Record<string, unknown>
  return module[camelCase(name)]
}

/** The members that the files of a folder define; a file that exports a function is a helper. */
async function membersOf(folder: string): Promise<Map<string, unknown>> {
  const members = new Map<string, unknown>()
  for (const name of namesIn(folder)) {
    const member = await exportOf(folder, name)
    if (typeof member !== 'function') members.set(name, member)
  }
  return members
}

/** Each list, with the name of each member as its file would have it. */
const lists: { folder: string; members: readonly (readonly [name: string, member: unknown])[] }[] =
  [
    {
      folder: 'charts',
      members: charts.map((chart) => [chart.kind, chart]),
    },
    {
      folder: 'facts',
      members: facts.map((fact) => [fact.type.replaceAll(/[._]/g, '-'), fact]),
    },
    {
      folder: 'kpis',
      members: kpis.map((kpi) => [kpi.id.replaceAll('_', '-'), kpi]),
    },
    {
      folder: 'languages',
      members: languages.map((language) => [language.id, language]),
    },
    {
      folder: 'surveys',
      members: questions.map((question) => [question.kind, question]),
    },
  ]

describe.each(lists)('$folder', ({ folder, members }) => {
  test('lists every member that a file defines, and no other', async () => {
    const listed = new Set(members.map(([, member]) => member))

    expect(listed).toEqual(new Set((await membersOf(folder)).values()))
    expect(listed.size).toBe(members.length)
  })

  test('names every member as its file and its export', async () => {
    for (const [name, member] of members) expect(await exportOf(folder, name)).toBe(member)
  })

  test('exports something under the name of each file', async () => {
    for (const name of namesIn(folder)) {
      expect([name, await exportOf(folder, name)]).not.toEqual([name, undefined])
    }
  })
})

test('names every kind of part as its file and its export', async () => {
  const kinds: unknown[] = []
  for (const name of namesIn('parts')) {
    const make = (await exportOf('parts', name)) as (type: string) => Part
    kinds.push([name, make('survey.response').kind])
  }

  expect(kinds).toEqual(namesIn('parts').map((name) => [name, camelCase(name)]))
})
