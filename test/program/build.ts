import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, parse, resolve } from 'node:path'

const wrangler = resolve(
  createRequire(import.meta.url).resolve('wrangler/package.json'),
  '../bin/wrangler.js',
)

/** Nothing here needs an account or the network. */
const environment = {
  ...process.env,
  CI: '1',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

/** Bundles and minifies a Worker as a deploy would, into `folder`, and says where the bundle is. */
export function build(entry: string, folder: string): string {
  const command = ['deploy', entry, '--dry-run', '--minify', '--outdir', folder]
  const done = spawnSync(process.execPath, [wrangler, ...command], {
    env: environment,
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`Cannot build ${entry}:\n${done.stdout}${done.stderr}`)
  return join(folder, `${parse(entry).name}.js`)
}
