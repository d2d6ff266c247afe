import type { Fact } from '../src/fact.ts'
import { aliasesOf, namesIn, tombstones, withoutPeople } from '../src/person.ts'
import { readTombstones } from '../src/store/people.ts'
import { rewindRetention } from '../src/store/retention.ts'
import type { Workspace } from '../src/store/workspaces.ts'
import { keysOf } from './tokens.ts'

/** What it takes to find out who has been erased. */
export type Vault = Pick<Env, 'DB' | 'SEAL_KEY'>

/** Whose people may have been erased, and how many have. */
export type Forgetting = Pick<Workspace, 'id' | 'erased'>

/** Those of the names whose people have been erased, by whatever key their tombstones were made. */
export async function erasedAmong(
  env: Vault,
  { id, erased }: Forgetting,
  names: Iterable<string>,
): Promise<ReadonlySet<string>> {
  if (erased === 0) return new Set()
  const digests = new Map<string, string>()
  const known = [...new Set(names)]
  for (const key of keysOf(env)) {
    const digest = await tombstones(key, id)
    for (const name of known) {
      for (const alias of await aliasesOf(name)) digests.set(await digest(alias), name)
    }
  }
  if (digests.size === 0) return new Set()
  const found = await readTombstones(env.DB, id, [...digests.keys()])
  return new Set([...digests].flatMap(([digest, name]) => (found.has(digest) ? [name] : [])))
}

/** Facts as they may be stored: those of people who have been erased are anonymous. */
export async function withoutErased(
  env: Vault,
  workspace: Forgetting,
  facts: readonly Fact[],
): Promise<readonly Fact[]> {
  const erased = await erasedAmong(env, workspace, facts.flatMap(namesIn))
  return erased.size === 0 ? facts : facts.map((fact) => withoutPeople(fact, erased))
}

/** Facts as they may be stored, old ones noted so that they are looked at when their time is over. */
export async function keepPrivate(
  env: Vault,
  workspace: Workspace,
  facts: readonly Fact[],
  received: number,
): Promise<readonly Fact[]> {
  const { id, retention } = workspace
  if (retention !== null) await rewindRetention(env.DB, { id, retention }, facts, received)
  return withoutErased(env, workspace, facts)
}
