import naughty from 'big-list-of-naughty-strings/blns.json'
import { expect } from 'vitest'
import { propertyLimit } from '../../src/survey.ts'
import { codePoints } from '../../src/text-field.ts'
import { xss } from '../data/xss.ts'
import { documentOf, packsOf } from '../hostile-survey.ts'
import { desktop } from './browser.ts'
import { newSurvey } from './program.ts'
import { test } from './stage.ts'

/** What the list has not: line breaks that HTML changes, and two ways out of where the text stands. */
const more = [
  '\n\nline breaks',
  'CR\rCRLF\r\n',
  '</textarea><script>alert(1)</script>',
  '</textarea autofocus onfocus=alert(1) ',
  '" autofocus onfocus="alert(1)',
]

/** How many requests are under way at once. */
const batch = 16

/** Control characters that XML forbids; no page or picture carries them. */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** What an HTML parser makes of a text: CR and CRLF become LF (HTML Standard, 13.2.3.5). */
function parsed(text: string): string {
  return text.replace(unprintable, '').replace(/\r\n?/g, '\n')
}

/** What the page carries of a property: one that breaks a rule is named in an error and let go. */
function carried(text: string): string | null {
  const kept = text.trim().normalize('NFC')
  return kept === '' || codePoints(text) > propertyLimit ? null : parsed(kept)
}

/** The error page as the Worker sends it to somebody who typed a text and chose no score. */
async function refuse(address: string, text: string): Promise<string> {
  const body = new URLSearchParams({ comment: text, 'p.team': text })
  const answer = await fetch(address, { method: 'POST', body })
  if (answer.status !== 422) throw new Error(`Expected 422 for ${text}: got ${answer.status}`)
  return answer.text()
}

/** What can be seen of a page from inside. */
const inside = `({
  comment: document.querySelector('textarea').value,
  property: document.querySelector('[name="p.team"]')?.value ?? null,
  elements: document.querySelectorAll('*').length - document.querySelectorAll('li, li *').length,
  scripts: document.scripts.length,
  handlers: [...document.querySelectorAll('*')].flatMap((element) =>
    element.getAttributeNames().filter((name) => name.startsWith('on'))),
})`

test('every naughty string comes back as the text it is', async ({ program, open }) => {
  const survey = await newSurvey(program, { properties: ['team'] })
  const address = `${program.origin}${survey}?lang=en`
  const page = await open(desktop)
  const alarms: string[] = []
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => alarms.push(request.url()))
  page.on('pageerror', (error) => alarms.push(error.message))
  const texts = [...naughty, ...more, ...xss]
  await page.setContent(await refuse(address, 'plain'))
  const plain = await page.evaluate<{ elements: number; scripts: number }>(inside)

  for (let start = 0; start < texts.length; start += batch) {
    const some = texts.slice(start, start + batch)
    const sent = await Promise.all(some.map((text) => refuse(address, text)))
    for (const [index, text] of some.entries()) {
      // Without our own policy, so that what would run is not merely stopped.
      await page.setContent(sent[index] ?? '')
      const property = carried(text)

      expect(await page.evaluate(inside), JSON.stringify(text)).toEqual({
        comment: parsed(text),
        property,
        elements: plain.elements - (property === null ? 1 : 0),
        scripts: plain.scripts,
        handlers: [],
      })
    }
  }

  expect(alarms).toEqual([])
})

test('no text of a team runs on any of its pages, nor in its mail', async ({ program, open }) => {
  const page = await open({ ...desktop, bypassCSP: true })
  const alarms: string[] = []
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(program.origin)) alarms.push(request.url())
  })
  page.on('pageerror', (error) => alarms.push(error.message))
  const texts = [...xss, ...naughty].filter((text) => text.isWellFormed() && !text.includes('\0'))
  const packs = packsOf(texts)

  for (const pack of packs) {
    const text = (slot: string) => pack.get(slot) ?? 'x'
    const survey = await newSurvey(program, documentOf(text))
    await page.goto(`${program.origin}${survey}?score=9&lang=en`)

    expect(await page.getByRole('heading').textContent()).toBe(parsed(text('question')))
    expect(await page.evaluate('document.scripts.length')).toBe(1)
    await page.getByRole('button').click()
    await page.waitForURL(/\/a\//)
    expect(await page.evaluate('document.body.textContent')).toContain(parsed(text('high')))
    expect(await page.evaluate('document.scripts.length')).toBeLessThanOrEqual(1)
    const mail = await program.call(`/v1${survey.replace('/s/', '/surveys/')}/email?lang=en`)
    await page.setContent(await mail.text())
    expect(await page.evaluate('document.scripts.length')).toBe(0)
  }

  expect(
    packs.flatMap((pack) => [...pack.values()]).filter((text) => xss.includes(text)).length,
  ).toBeGreaterThan(300)
  expect(alarms).toEqual([])
})

test('a script in a text would run there, were it not escaped', async ({ open }) => {
  const page = await open(desktop)
  const dialog = page.waitForEvent('dialog')
  const loaded = page.setContent('<p><img src="x:" onerror="alert(1)"></p>')
  const alarm = await dialog
  await alarm.dismiss()
  await loaded

  expect(alarm.message()).toBe('1')
})
