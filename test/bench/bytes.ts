import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { languages } from '../../src/languages/index.ts'
import type { Host } from '../program/host.ts'
import type { Team } from './team.ts'

/** How large something is, and whether it may be. */
export interface Size {
  readonly what: string
  readonly raw: number
  readonly gzip: number
  /** `null` where there is none. */
  readonly limit: Limit | null
  readonly holds: boolean
}

interface Limit {
  readonly of: 'raw' | 'gzip'
  readonly bytes: number
}

/** What readers and the platform download: answers as they leave the Worker, and the Worker itself. */
export async function weigh(ours: Host, team: Team, bundle: string): Promise<Size[]> {
  const download = async (path: string) => {
    const response = await fetch(`${ours.origin}${path}`)
    if (response.status !== 200) throw new Error(`GET ${path}: ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  }
  const pages = await Promise.all(
    languages.map(({ id }) => download(`/s/${team.survey}?lang=${id}`)),
  )
  const page = pages.toSorted((one, other) => gzipSync(other).length - gzipSync(one).length)[0]
  return [
    size('survey page, in its longest language', page ?? Buffer.alloc(0), {
      of: 'gzip',
      bytes: 14_000,
    }),
    size('badge', await download(team.badge), { of: 'raw', bytes: 2_000 }),
    size('chart of 90 points', await download(team.chart), { of: 'raw', bytes: 6_000 }),
    size('first page, without its pictures', await download('/'), null),
    size('Worker, minified', readFileSync(bundle), { of: 'gzip', bytes: 150_000 }),
  ]
}

function size(what: string, content: Buffer, limit: Limit | null): Size {
  const found = { raw: content.length, gzip: gzipSync(content).length }
  return { what, ...found, limit, holds: limit === null || found[limit.of] <= limit.bytes }
}
