import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { seed } from '../../demo/seed.ts'
import { compareAnswers } from './answers.ts'
import { build } from '../program/build.ts'
import { weigh } from './bytes.ts'
import { compareCatalogue } from './catalogue.ts'
import { countRequests } from './counts.ts'
import { type Host, migrations, start } from '../program/host.ts'
import { comparePictures } from './pictures.ts'
import { compareReads } from './reads.ts'
import { compareRollups } from './rollups.ts'
import { type Findings, tables } from './table.ts'
import { settle } from './team.ts'
import { countWebhooks } from './webhook-counts.ts'
import { compareWebhooks } from './webhooks.ts'

/** How many processes wanted a processor in the minute before the run. */
const [load = 0] = loadavg()

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
const hosts: Host[] = []

/** What a part may use: each of them starts the Workers that it asks. */
interface Bench {
  readonly bundle: string
  readonly now: number
  readonly ours: () => Promise<Host>
  /** The baseline of this name, with the tables beside it. */
  readonly bare: (name: string) => Promise<Host>
}

/** Each against its baseline. `npm run bench -- webhooks` measures the parts that it names. */
const parts: Readonly<Record<string, (bench: Bench) => Promise<Partial<Findings>>>> = {
  async requests({ bundle, now, ours: open, bare: openBare }) {
    const ours = await open()
    const bare = await openBare('bare')
    await seed(ours.db, now)
    const team = await settle(ours.origin, now)
    const sizes = await weigh(ours, team, bundle)
    const reads = await compareReads(ours, bare, team, now)
    const counts = await countRequests(ours, bare, team, now)
    const answers = await compareAnswers(ours, bare, team)
    return { comparisons: [...answers, ...reads], counts, sizes }
  },
  async webhooks({ now, ours, bare }) {
    const found = await compareWebhooks(ours, () => bare('bare-hook'), now)
    return { ...found, counts: await countWebhooks(await ours(), await bare('bare-hook'), now) }
  },
  async rollups({ now, ours }) {
    const { comparison, count } = await compareRollups(await ours(), folder, migrations(), now)
    return { comparisons: [comparison], counts: [count] }
  },
  async catalogue({ now, ours }) {
    const { comparison, count } = await compareCatalogue(await ours(), folder, migrations(), now)
    return { comparisons: [comparison], counts: [count] }
  },
  pictures: async () => ({ comparisons: await comparePictures() }),
}

const asked = process.argv.slice(2)
try {
  const findings = await measure(asked.length === 0 ? Object.keys(parts) : asked)
  console.log(`${tables(findings)}\n`)
  if (load > availableParallelism() / 2) {
    console.log(`The machine was busy before the run (load ${load.toFixed(1)}): trust no speed.\n`)
  }
  report(findings)
} finally {
  await Promise.all(hosts.map((host) => host.dispose()))
  rmSync(folder, { recursive: true })
}

/** One part after the other. */
async function measure(names: readonly string[]): Promise<Findings> {
  const bundle = build('workers/index.ts', join(folder, 'ours'))
  const bench: Bench = {
    bundle,
    now: Date.now(),
    ours: () => host(bundle, migrations()),
    bare: (name) =>
      host(build(`test/bench/${name}.ts`, join(folder, name)), [`test/bench/${name}.sql`]),
  }
  const found: Partial<Findings>[] = []
  for (const name of names) {
    const part = parts[name]
    if (part === undefined) {
      throw new Error(`No part "${name}": expected some of ${Object.keys(parts).join(', ')}`)
    }
    found.push(await part(bench))
  }
  return {
    comparisons: found.flatMap(({ comparisons = [] }) => comparisons),
    costs: found.flatMap(({ costs = [] }) => costs),
    counts: found.flatMap(({ counts = [] }) => counts),
    sizes: found.flatMap(({ sizes = [] }) => sizes),
  }
}

/** Reached past the Worker that Miniflare puts in front, whose cost would hide differences. */
async function host(bundle: string, tables: readonly string[]): Promise<Host> {
  const started = await start({ bundle, tables })
  hosts.push(started)
  return { ...started, origin: started.direct }
}

/** For later comparison; a size over its limit fails the run, for it is so on any machine. */
function report(findings: Findings): void {
  const measured = new Date().toISOString()
  const machine = {
    node: process.version,
    processors: availableParallelism(),
    model: cpus()[0]?.model,
    load,
  }
  writeFileSync('bench.json', `${JSON.stringify({ measured, machine, ...findings }, null, 2)}\n`)
  const broken = findings.sizes.filter(({ holds }) => !holds)
  if (broken.length === 0) return
  console.error(`Over the limit: ${broken.map(({ what }) => what).join(', ')}`)
  process.exitCode = 1
}
