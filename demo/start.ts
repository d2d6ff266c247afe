import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { getPlatformProxy } from 'wrangler'
import { seed } from './seed.ts'
import { offline, wrangler } from './wrangler.ts'

const port = process.env['PORT'] ?? '8787'
const state = resolve(process.env['TIDEMARK_STATE'] ?? '.wrangler/state')
const origin = `http://localhost:${port}`
const environment = { ...offline, WRANGLER_LOG: process.env['WRANGLER_LOG'] ?? 'error' }

/** How often the cron trigger fires here: often enough that whoever answers sees the number move. */
const tick = 30_000

/** A line that gives a secret its value, as in `ADMIN_KEY="change-me"`. */
const secretLine = /^(\w+)="change-me"$/gm

/** Every secret gets a value of its own; those that a new version wants are added to a file of before. */
function prepareSecrets(): void {
  const filled = readFileSync('.dev.vars.example', 'utf8').replace(
    secretLine,
    (_, name: string) => `${name}="${randomBytes(32).toString('base64url')}"`,
  )
  if (!existsSync('.dev.vars')) {
    writeFileSync('.dev.vars', filled, { mode: 0o600 })
    return
  }
  const known = parseEnv(readFileSync('.dev.vars', 'utf8'))
  const missing = Object.entries(parseEnv(filled)).filter(([name]) => known[name] === undefined)
  for (const [name, value] of missing) {
    appendFileSync('.dev.vars', `\n${name}="${value}"\n`)
    console.log(`Added a ${name} to .dev.vars, which this version wants.`)
  }
}

function migrate(): void {
  const command = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state]
  const done = spawnSync(process.execPath, [wrangler, ...command], {
    env: environment,
    encoding: 'utf8',
  })
  if (done.status !== 0) {
    throw new Error(`Cannot apply the migrations:\n${done.stdout}${done.stderr}`)
  }
}

async function fill(): Promise<void> {
  if (process.env['TIDEMARK_DEMO'] === '0') return
  const proxy = await getPlatformProxy<Env>({ persist: { path: resolve(state, 'v3') } })
  try {
    await seed(proxy.env.DB, Date.now())
  } finally {
    await proxy.dispose()
  }
}

async function waitUntilReady(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      if ((await fetch(`${origin}/readyz`)).ok) return
    } catch {
      // Not listening yet.
    }
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error(`Nothing answers at ${origin} after a minute`)
}

function welcome(): void {
  console.log(`
Tidemark is at ${origin}

  First page     ${origin}/
  Admin key      in .dev.vars (ADMIN_KEY)
  Data           in ${state}
  Rollup         every ${tick / 1000} seconds here; by hand:
                 curl "${origin}/cdn-cgi/handler/scheduled?cron=*/10+*+*+*+*"

Ctrl-C ends it; the data stay.
`)
}

/** Another program on the port would answer in our place, and all below would seem to have worked. */
async function refuseTakenPort(): Promise<void> {
  const probe = createServer()
  probe.listen(Number(port), '127.0.0.1')
  const outcome = await Promise.race([once(probe, 'listening'), once(probe, 'error')]).catch(
    (error: unknown) => [error],
  )
  const [error] = outcome
  if (error !== undefined) {
    console.error(
      `Port ${port} cannot be used: ${String(error)}\nChoose another: PORT=8788 npm start`,
    )
    process.exit(1)
  }
  probe.close()
  await once(probe, 'close')
}

await refuseTakenPort()
console.log('Starting …')
prepareSecrets()
migrate()
await fill()
const server = spawn(
  process.execPath,
  [
    wrangler,
    'dev',
    '--ip',
    '127.0.0.1',
    '--port',
    port,
    '--persist-to',
    state,
    '--show-interactive-dev-session=false',
  ],
  { env: environment, stdio: ['ignore', 'inherit', 'inherit'] },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => server.kill(signal))
}
server.on('exit', (code) => process.exit(code ?? 0))
// Where npm is ended and takes the shell between us with it, nobody else would end the server.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) server.kill('SIGTERM')
}, 1_000)
await waitUntilReady()
welcome()
setInterval(() => {
  fetch(`${origin}/cdn-cgi/handler/scheduled?cron=*/10+*+*+*+*`).catch((error: unknown) => {
    console.error(`The rollup could not be started: ${String(error)}`)
  })
}, tick)
