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

/** How many processes wanted a processor in the minute before the run. */
const [load = 0] = loadavg()

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
const hosts: Host[] = []
try {
  const findings = await measure(Date.now())
  console.log(`${tables(findings)}\n`)
  if (load > availableParallelism() / 2) {
    console.log(`The machine was busy before the run (load ${load.toFixed(1)}): trust no speed.\n`)
  }
  report(findings)
} finally {
  await Promise.all(hosts.map((host) => host.dispose()))
  rmSync(folder, { recursive: true })
}

/** Each against its baseline, one after the other. */
async function measure(now: number): Promise<Findings> {
  const bundle = build('workers/index.ts', join(folder, 'ours'))
  const ours = await host(bundle, migrations())
  const bare = await host(build('test/bench/bare.ts', join(folder, 'bare')), [
    'test/bench/bare.sql',
  ])
  await seed(ours.db, now)
  const team = await settle(ours.origin, now)

  const sizes = await weigh(ours, team, bundle)
  const reads = await compareReads(ours, bare, team, now)
  const counts = await countRequests(ours, bare, team, now)
  const answers = await compareAnswers(ours, bare, team)
  const rollups = await compareRollups(await host(bundle, migrations()), folder, migrations(), now)
  const catalogue = await compareCatalogue(
    await host(bundle, migrations()),
    folder,
    migrations(),
    now,
  )
  const pictures = await comparePictures()
  return {
    comparisons: [...answers, ...reads, rollups.comparison, catalogue.comparison, ...pictures],
    counts: [...counts, rollups.count, catalogue.count],
    sizes,
  }
}

/** Reached past the Worker that Miniflare puts in front, whose cost would hide differences. */
async function host(bundle: string, tables: readonly string[]): Promise<Host> {
  const started = await start({ bundle, tables })
  hosts.push(started)
  return { ...started, origin: started.direct }
}

/** For later comparison; a broken limit fails the run. */
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
