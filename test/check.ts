import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { offline } from '../demo/wrangler.ts'
import { build } from './program/build.ts'

/** The Worker's limit, minified and gzipped, in bytes: an eighth of the 3 MiB that the free plan takes. */
const bundleLimit = 384 * 1024

const folders = ['workers', 'src', 'drizzle', 'demo', 'test', 'vitest.config.ts']

/** What `npm run check` holds the tree to: the name of each rule and the command that proves it. */
const checks: readonly [name: string, command: string, ...args: string[]][] = [
  ['format', 'oxfmt', '--check', ...folders],
  ['lint', 'oxlint', '--deny-warnings', ...folders],
  ['types', 'tsc', '--noEmit', '--project', '.'],
  ['dead code', 'knip'],
  ['bindings', 'wrangler', 'types', 'workers/env.d.ts', '--include-runtime=false', '--check'],
  ['schema against migrations', 'vitest', 'run', '--project', 'shell', 'test/store/schema.test.ts'],
]

function run(command: string, args: readonly string[]): { ok: boolean; output: string } {
  const bin = join('node_modules', '.bin', command)
  const { status, stdout, stderr } = spawnSync(bin, args, { env: offline, encoding: 'utf8' })
  return { ok: status === 0, output: `${stdout}${stderr}` }
}

/** Builds the Worker as a deployment would, without one, and weighs it. */
function weigh(): { ok: boolean; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-'))
  try {
    const bytes = gzipSync(readFileSync(build('workers/index.ts', folder))).byteLength
    return {
      ok: bytes <= bundleLimit,
      output: `${bytes} of ${bundleLimit} bytes, minified and gzipped`,
    }
  } catch (error) {
    return { ok: false, output: String(error) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

let failed = 0

function report(name: string, { ok, output }: { ok: boolean; output: string }, note = ''): void {
  if (!ok) failed++
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}${note}`)
  if (!ok) console.log(output)
}

for (const [name, command, ...args] of checks) report(name, run(command, args))
const weight = weigh()
report('bundle size', weight, weight.ok ? `: ${weight.output}` : '')
process.exitCode = failed === 0 ? 0 : 1
