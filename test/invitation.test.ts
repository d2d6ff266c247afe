import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import type { Day } from '../src/day.ts'
import type { Fact } from '../src/fact.ts'
import {
  expiryOf,
  invitationParts,
  mailDigest,
  mailField,
  needsInvitation,
  parseInvitation,
  skipOf,
} from '../src/invitation.ts'
import type { Policy, Survey } from '../src/survey.ts'
import { nps } from '../src/surveys/nps.ts'

const now = Date.parse('2026-03-10T12:00:00.250Z')
const day = 86_400_000
const id = 'V1StGXR8_Z5jdHi6B-myT0'

// printf 'ann@example.com' | sha256sum
const annDigest = '71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476'

describe('mail', () => {
  const digest = '7c2fa1ac2d3a2b4eb3ae0b1a4dbbe01f3d98ac9ca1f3bb9f7d1cdbb2c6c6c1ab'

  test('is kept as the digest of an address in one form', async () => {
    const forms = ['ann@example.com', ' Ann@Example.COM\t']

    const kept = await Promise.all(forms.map((form) => mailDigest(v.parse(mailField, form))))

    expect(new Set(kept)).toEqual(new Set([annDigest]))
  })

  test('is left as it is where it is a digest, in lower case', async () => {
    expect(await mailDigest(v.parse(mailField, digest))).toBe(digest)
    expect(await mailDigest(v.parse(mailField, digest.toUpperCase()))).toBe(digest)
  })

  test.each(['', 'ann', '@example.com', 'ann@', 'a b@example.com', 'a@b@c', digest.slice(1)])(
    '%j is neither',
    (text) => {
      expect(v.is(mailField, text)).toBe(false)
    },
  )
})

describe('expiry', () => {
  test.each([
    [undefined, '2026-05-09T12:00:00.000Z'],
    ['2026-03-10T12:00:01Z', '2026-03-10T12:00:01.000Z'],
    ['2026-03-11T00:00:00.999+02:00', '2026-03-10T22:00:00.000Z'],
    ['2027-03-11T12:00:00Z', '2027-03-11T12:00:00.000Z'],
  ])('of %s is the whole second %s', (text, is) => {
    expect(expiryOf(text, now)).toEqual({ ok: true, value: Date.parse(is) })
  })

  test.each([
    ['2026-03-10', /RFC 3339/],
    ['2026-04-01T12:00:00', /RFC 3339/],
    ['soon', /RFC 3339/],
    ['2026-03-10T12:00:00Z', /future/],
    ['2026-03-10T12:00:00.900Z', /future/],
    ['1999-01-01T00:00:00Z', /RFC 3339|future/],
    ['2027-03-11T12:00:01Z', /366 days/],
  ])('of %s is refused by name', (text, message) => {
    expect(expiryOf(text, now)).toEqual({
      ok: false,
      errors: [{ path: 'expires', message: expect.stringMatching(message) }],
    })
  })
})

describe('a link', () => {
  test('says its invitation and nothing else, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_370_764_800 }), (seconds) => {
        const invitation = { id, expires: seconds * 1000 }

        const parts = invitationParts(invitation)

        expect(parseInvitation(parts)).toEqual(invitation)
        expect(parts.every((part) => /^[\w~-]+$/.test(part))).toBe(true)
      }),
    )
  })

  test.each([[[]], [[id]], [[id, 'SN4X80']], [[id, '123456789']], [[id, 'a', 'b']], [[id, '']]])(
    '%j speaks of none',
    (parts) => {
      expect(parseInvitation(parts)).toBeNull()
    },
  )
})

describe('skipping', () => {
  const gaps = { survey: 30, workspace: 7 }
  const ago = (days: number) => now - days * day

  test.each([
    ['nobody was ever asked', null, null, null],
    ['both gaps are over to the millisecond', ago(30), ago(7), null],
    ['the gap of the survey runs', ago(29), ago(29), ['survey-gap', ago(29) + 30 * day]],
    ['another survey asked', null, ago(6), ['workspace-gap', ago(6) + 7 * day]],
    [
      'both run, that of the survey for longer',
      ago(20),
      ago(6),
      ['survey-gap', ago(20) + 30 * day],
    ],
    [
      'both run, that of the workspace longer',
      ago(29),
      ago(1),
      ['workspace-gap', ago(1) + 7 * day],
    ],
    ['both end at once', ago(24), ago(1), ['survey-gap', ago(24) + 30 * day]],
  ] as const)('%s', (_what, survey, workspace, is) => {
    const found = skipOf({ survey, workspace }, gaps, now)

    expect(found === null ? null : [found.skipped, found.until]).toEqual(is)
  })

  test('a gap of no days keeps nobody away, even from what a faster clock has made', () => {
    const none = { survey: 0, workspace: 0 }

    expect(skipOf({ survey: now, workspace: now + 5 }, none, now)).toBeNull()
  })
})

describe('needing an invitation', () => {
  const fact: Fact = {
    source: 's',
    id: '1',
    type: 'survey.response',
    subject: 'x',
    thread: null,
    entity: 'ann',
    value: 9,
    time: now,
    day: '2026-03-10' as Day,
    dimensions: {},
    data: {},
  }
  const surveys = (policy?: Policy): ReadonlyMap<string, Survey> => {
    const document = {
      kind: 'nps',
      name: 'x',
      question: {},
      locales: ['en'],
      properties: [],
      comment: true,
      ...(policy !== undefined && { policy }),
    } as const
    return new Map([['x', { document, question: nps }]])
  }

  test('is for answers of somebody to surveys for invited people', () => {
    expect(needsInvitation(fact, surveys('invited'))).toBe(true)
  })

  test.each<[what: string, more: Partial<Fact>, policy?: Policy]>([
    ['to a survey for everybody', {}],
    ['to a survey once a browser', {}, 'browser'],
    ['of nobody', { entity: null }, 'invited'],
    ['by a link of an invitation', { invitation: 'i' }, 'invited'],
    ['that is none', { type: 'survey.sent' }, 'invited'],
    ['to another survey', { subject: 'y' }, 'invited'],
  ])('is not for one %s', (_what, more, policy) => {
    expect(needsInvitation({ ...fact, ...more }, surveys(policy))).toBe(false)
  })
})
