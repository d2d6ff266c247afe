import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Folders whose files are members of a list, each with its contract beside the folder. */
const lists = [
  'facts',
  'kpis',
  'surveys',
  'languages',
  'charts',
  'sources',
  'profiles',
  'names',
  'interpretations',
  'editions',
]

/** Groups of members that may be built of members of another. */
const builtOf: Record<string, string[]> = { kpis: ['parts'] }

interface Import {
  readonly file: string
  /** A path from the root, or the name of a package. */
  readonly target: string
}

function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, found = '']) => ({
    file,
    target: found.startsWith('.') ? normalize(join(dirname(file), found)) : found,
  }))
}

const isShell = (path: string) => path.startsWith('workers/')
const isCore = (path: string) => path.startsWith('src/')
const isStore = (path: string) => path.startsWith('src/store/')
const isList = (path: string) => lists.some((list) => path === `src/${list}/index.ts`)

/** The group of a member, such as `kpis`; `null` for contracts, leaves and lists. */
function groupOf(path: string): string | null {
  const [, group = null] = /^src\/(\w+)\/[^/]+\.ts$/.exec(path) ?? []
  return group === null || ['store', 'pages', 'vendors'].includes(group) || isList(path)
    ? null
    : group
}

/** Parts of vendors that are too large for one file; they are those vendors' alone. */
const isVendorPart = (path: string) => path.startsWith('src/vendors/')

/** What one import breaks, in words; `null` where it keeps the direction. */
function violation({ file, target }: Import): string | null {
  const from = groupOf(file)
  const to = groupOf(target)
  const rules: [boolean, string][] = [
    [isCore(file) && isShell(target), 'the core imports the shell'],
    [isCore(file) && target.startsWith('hono'), 'the core imports Hono'],
    [isCore(file) && target.startsWith('node:'), 'the core imports the platform'],
    [
      target.startsWith('drizzle-orm') && !isStore(file) && file !== 'drizzle/schema.ts',
      'SQL outside of the store',
    ],
    [target === 'drizzle/schema.ts' && !isStore(file), 'tables outside of the store'],
    [isCore(file) && isList(target), 'the core imports a list'],
    [isCore(file) && !isStore(file) && isStore(target), 'a pure file imports I/O'],
    [from !== null && from === to, 'a member imports its sibling'],
    [
      isVendorPart(target) && from !== 'sources' && !isVendorPart(file),
      'somebody else imports a part of a vendor',
    ],
    [
      from !== null && to !== null && from !== to && !(builtOf[from] ?? []).includes(to),
      'a member imports another kind of member',
    ],
    [
      isCore(file) && from === null && !isList(file) && !isStore(file) && to !== null,
      'a contract or leaf imports a member',
    ],
  ]
  const [broken] = rules.filter(([breaks]) => breaks)
  return broken === undefined ? null : `${file} -> ${target}: ${broken[1]}`
}

function sourceFiles(): string[] {
  return ['src', 'workers', 'drizzle'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  )
}

test('imports go one way, from the shell through lists and members to contracts and leaves', () => {
  const files = sourceFiles()

  const found = files
    .flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')))
    .map(violation)
    .filter((broken) => broken !== null)

  expect(files.length).toBeGreaterThan(50)
  expect(found).toEqual([])
})

test.each([
  ['src/day.ts', "import { json } from '../workers/reply.ts'", 'the core imports the shell'],
  ['src/page.ts', "import { html } from 'hono/html'", 'the core imports Hono'],
  ['src/sign.ts', "import { createHash } from 'node:crypto'", 'the core imports the platform'],
  ['workers/facts.ts', "import { sql } from 'drizzle-orm'", 'SQL outside of the store'],
  [
    'workers/facts.ts',
    "import * as schema from '../drizzle/schema.ts'",
    'tables outside of the store',
  ],
  ['src/series.ts', "import { kpis } from './kpis/index.ts'", 'the core imports a list'],
  ['src/store/rollup.ts', "import { kpis } from '../kpis/index.ts'", 'the core imports a list'],
  ['src/series.ts', "import { store } from './store/facts.ts'", 'a pure file imports I/O'],
  ['src/kpis/value.ts', "import { sales } from './sales.ts'", 'a member imports its sibling'],
  ['src/parts/elapsed.ts', "import { count } from './count.ts'", 'a member imports its sibling'],
  [
    'src/charts/line.ts',
    "import { surveys } from '../kpis/surveys.ts'",
    'a member imports another kind of member',
  ],
  ['src/sources/paddle.ts', "import { stripe } from './stripe.ts'", 'a member imports its sibling'],
  ['src/source.ts', "import { sources } from './sources/index.ts'", 'the core imports a list'],
  [
    'src/parts/count.ts',
    "import { sales } from '../kpis/sales.ts'",
    'a member imports another kind of member',
  ],
  [
    'src/facts/team.ts',
    "import { count } from '../parts/count.ts'",
    'a member imports another kind of member',
  ],
  ['src/rule.ts', "import { sum } from './parts/sum.ts'", 'a contract or leaf imports a member'],
  [
    'src/looks.ts',
    "import { sales } from './kpis/sales.ts'",
    'a contract or leaf imports a member',
  ],
  ['src/kpi.ts', "import { count } from './parts/count.ts'", 'a contract or leaf imports a member'],
])('a seeded violation in %s is found: %s', (file, line, rule) => {
  const found = importsOf(file, line)

  expect(found.map(violation)).toEqual([expect.stringContaining(rule)])
  expect(sourceFiles()).toContain(file)
  for (const { target } of found.filter((one) => one.target.endsWith('.ts'))) {
    expect(sourceFiles()).toContain(target)
  }
})

test.each([
  ['src/kpis/sales.ts', "import { count } from '../parts/count.ts'"],
  ['src/kpis/sales.ts', "import { days } from '../purchases.ts'"],
  ['src/parts/sum.ts', "import { tally } from '../tally.ts'"],
  ['src/facts/index.ts', "import { team } from './team.ts'"],
])('%s may say %s', (file, line) => {
  expect(importsOf(file, line).map(violation)).toEqual([null])
})

test('the source has no folder for things without a home', () => {
  const homeless = /(?:^|\/)(?:utils?|helpers?|lib|common|core|services?|shared|misc)(?:\/|\.ts$)/

  expect(sourceFiles().filter((file) => homeless.test(file))).toEqual([])
})
