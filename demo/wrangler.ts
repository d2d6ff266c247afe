import { createRequire } from 'node:module'
import { resolve } from 'node:path'

/** The program itself, to be run by this Node whatever is on PATH. */
export const wrangler = resolve(
  createRequire(import.meta.url).resolve('wrangler/package.json'),
  '../bin/wrangler.js',
)

/** The environment in which it asks nobody anything: no account, no network, no metrics. */
export const offline = {
  ...process.env,
  CI: '1',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}
