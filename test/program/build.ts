import { spawnSync } from 'node:child_process'
import { join, parse } from 'node:path'
import { offline, wrangler } from '../../demo/wrangler.ts'

/** Bundles and minifies a Worker as a deploy would, into `folder`, and says where the bundle is. */
export function build(entry: string, folder: string): string {
  const command = ['deploy', entry, '--dry-run', '--minify', '--outdir', folder]
  const done = spawnSync(process.execPath, [wrangler, ...command], {
    env: offline,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`Cannot build ${entry}:\n${done.stdout}${done.stderr}`)
  return join(folder, `${parse(entry).name}.js`)
}
