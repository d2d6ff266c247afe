import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Locked {
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>
}

/** The places where a package in `path` may find a dependency: beside it, and in every folder above. */
function places(path: string, name: string): string[] {
  const folders = path
    .split('node_modules/')
    .map((_, at, parts) => parts.slice(0, at + 1).join('node_modules/'))
  return [
    `${path}/node_modules/${name}`,
    ...folders.map((folder) => `${folder}node_modules/${name}`),
  ]
}

test('every optional package that is named is locked, or npm ci refuses the whole', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !places(path, name).some((place) => place in lock.packages))
      .map((name) => `${path}: ${name}`),
  )

  expect(missing).toEqual([])
})

test('no registry is named', () => {
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([])
})

test('there is one workerd', () => {
  const found = Object.keys(lock.packages).filter((path) => path.endsWith('node_modules/workerd'))

  expect(found).toEqual(['node_modules/workerd'])
})
