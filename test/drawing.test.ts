import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawing } from '../src/drawing.ts'
import { sha256 } from '../src/sign.ts'

const folder = join(import.meta.dirname, 'golden')

test('pictures that are drawn otherwise have another ETag: src/drawing.ts names this digest', async () => {
  const pictures = readdirSync(folder)
    .filter((file) => file.endsWith('.svg'))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8'))

  const digest = await sha256(pictures.join('\n'))

  expect(pictures.length).toBeGreaterThan(10)
  expect(drawing).toBe(digest.slice(0, 16))
})
