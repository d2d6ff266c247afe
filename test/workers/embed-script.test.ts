import { expect, test } from 'vitest'
import { embedText } from '../../src/embed-script.ts'
import { en } from '../../src/languages/en.ts'
import { ru } from '../../src/languages/ru.ts'
import { embedScript } from '../../workers/embed-script.ts'

const ask = (query = '', headers: Record<string, string> = {}) =>
  embedScript(new Request(`https://tidemark.test/s/any/embed.js${query}`, { headers }))

test('any page may load the script, and browsers keep it for five minutes', async () => {
  const answer = await ask()

  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  })
  expect(await answer.text()).toBe(embedText(en))
})

test('what a browser has already is not sent again', async () => {
  const first = await ask()
  const again = await ask('', { 'if-none-match': first.headers.get('etag') ?? '' })

  expect(first.headers.get('etag')).toMatch(/^"[^"]+"$/)
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
})

test('its words are in the language asked for, then in one that the browser accepts', async () => {
  const asked = await ask('?lang=ru', { 'accept-language': 'en' })
  const accepted = await ask('', { 'accept-language': 'ru;q=0.9, xx' })
  const strange = await ask('?lang=xx')

  expect(await asked.text()).toBe(embedText(ru))
  expect(await accepted.text()).toBe(embedText(ru))
  expect(await strange.text()).toBe(embedText(en))
  expect(accepted.headers.get('vary')).toBe('Accept-Language')
  expect(accepted.headers.get('content-language')).toBe('ru')
  expect(asked.headers.get('etag')).not.toBe(strange.headers.get('etag'))
})
