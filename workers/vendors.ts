import { Problem } from '../src/problem.ts'
import type { Source } from '../src/source.ts'
import { sources } from '../src/sources/index.ts'

const byName: ReadonlyMap<string, Source> = new Map(sources.map((one) => [one.vendor, one]))

export const vendors: readonly string[] = sources.map(({ vendor }) => vendor)

/** The vendor of a kept source. */
export function vendorOf(name: string): Source {
  const found = byName.get(name)
  if (found === undefined)
    throw new Problem('unavailable', `Nothing here understands "${name}" any more`)
  return found
}

/** Which fact types a vendor can tell of; none of one that is no more. */
export const typesOf = (name: string): readonly string[] => byName.get(name)?.types ?? []
