import { migrations, start } from '../program/host.ts'

// A process of its own, so that it can be killed like a machine that loses power: the whole group at once.
const [bundle = '', folder = ''] = process.argv.slice(2)
const { origin } = await start({ bundle, folder, tables: migrations() })
process.stdout.write(`${origin}\n`)
