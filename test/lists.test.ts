import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { charts } from '../src/charts/index.ts'
import { editions } from '../src/editions/index.ts'
import { facts } from '../src/facts/index.ts'
import { interpretations } from '../src/interpretations/index.ts'
import { kpis } from '../src/kpis/index.ts'
import { languages } from '../src/languages/index.ts'
import { names } from '../src/names/index.ts'
import type { Part } from '../src/part.ts'
import { profiles } from '../src/profiles/index.ts'
import { sources } from '../src/sources/index.ts'
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

/** The members that a file defines: one, a family of them, or none where it exports a helper. */
async function membersIn(folder: string, name: string): Promise<unknown[]> {
  const found = await exportOf(folder, name)
  return typeof found === 'function' ? [] : [found].flat()
}

/** The members that the files of a folder define. */
async function membersOf(folder: string): Promise<unknown[]> {
  return (await Promise.all(namesIn(folder).map((name) => membersIn(folder, name)))).flat()
}

/** Fact types that tell one story stand in one file; surveys' have one each. */
const families: Record<string, string> = {
  visit: 'marketing',
  lead: 'marketing',
  spend: 'marketing',
  deal: 'sales',
  order: 'orders',
  subscription: 'subscriptions',
  ticket: 'tickets',
  interaction: 'team',
  task: 'team',
  user: 'team',
  seats: 'team',
  quota: 'team',
}

function fileOf(type: string): string {
  return families[type.split('.', 1)[0] ?? ''] ?? type.replace('.', '-')
}

/** Each list, with the name of each member as its file would have it. */
const lists: { folder: string; members: readonly (readonly [name: string, member: unknown])[] }[] =
  [
    {
      folder: 'charts',
      members: charts.map((chart) => [chart.kind, chart]),
    },
    {
      folder: 'editions',
      members: editions.map((edition) => [edition.language, edition]),
    },
    {
      folder: 'facts',
      members: facts.map((fact) => [fileOf(fact.type), fact]),
    },
    {
      folder: 'interpretations',
      members: interpretations.map((words) => [words.language, words]),
    },
    {
      folder: 'languages',
      members: languages.map((language) => [language.id, language]),
    },
    {
      folder: 'names',
      members: names.map((of) => [of.language, of]),
    },
    {
      folder: 'profiles',
      members: profiles.map((profile) => [profile.profile, profile]),
    },
    {
      folder: 'sources',
      members: sources.map((source) => [source.vendor, source]),
    },
    {
      folder: 'surveys',
      members: questions.map((question) => [question.kind, question]),
    },
  ]

describe.each(lists)('$folder', ({ folder, members }) => {
  test('lists every member that a file defines, and no other', async () => {
    const listed = new Set(members.map(([, member]) => member))

    expect(listed).toEqual(new Set(await membersOf(folder)))
    expect(listed.size).toBe(members.length)
  })

  test('names every member as its file and its export', async () => {
    for (const [name, member] of members) expect(await membersIn(folder, name)).toContain(member)
  })

  test('exports something under the name of each file', async () => {
    for (const name of namesIn(folder)) {
      expect([name, await exportOf(folder, name)]).not.toEqual([name, undefined])
    }
  })
})

/** The families of KPIs: the only export of each file. */
async function familiesOfKpis(): Promise<(readonly [file: string, family: unknown])[]> {
  return Promise.all(
    namesIn('kpis').map(async (name) => {
      const module = (await import(`../src/kpis/${name}.ts`)) as Record<string, unknown>
      const [family, ...rest] = Object.values(module)
      expect([name, rest]).toEqual([name, []])
      return [name, family] as const
    }),
  )
}

test('lists every KPI that a file defines, and no other', async () => {
  const defined = (await familiesOfKpis()).flatMap(([, family]) => family)

  expect(new Set(kpis)).toEqual(new Set(defined))
  expect(kpis).toHaveLength(defined.length)
})

test('names every kind of part as its file and its export', async () => {
  const kinds: unknown[] = []
  for (const name of namesIn('parts')) {
    const make = (await exportOf('parts', name)) as (type: string) => Part
    kinds.push([name, make('survey.response').kind])
  }

  expect(kinds).toEqual(namesIn('parts').map((name) => [name, camelCase(name)]))
})
