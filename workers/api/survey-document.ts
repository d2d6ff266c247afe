import * as v from 'valibot'
import { parseBase64 } from '../../src/bytes.ts'
import { contrast } from '../../src/contrast.ts'
import { languages } from '../../src/languages/index.ts'
import { light } from '../../src/palette.ts'
import { propertiesLimit, propertyName } from '../../src/properties.ts'
import { type SurveyDocument, buckets, driversLimit } from '../../src/survey.ts'
import { questions } from '../../src/surveys/index.ts'
import { nameField, textField } from '../../src/text-field.ts'
import { timeField } from '../../src/time-field.ts'

const kinds = questions.map(({ kind }) => kind)
const tags = languages.map(({ id }) => id)
const localeField = v.picklist(tags, `Expected one of ${tags.join(', ')}`)

const line = (limit: number) =>
  v.pipe(textField(limit), v.trim(), v.minLength(1, 'The text is blank'))

/** A text of the team's own, by language. */
const texts = (limit: number) => v.record(localeField, line(limit))

const unique = (items: string[]) => new Set(items).size === items.length

function whole(least: number, most: number) {
  const rule = `Expected a whole number from ${least} to ${most}`
  return v.pipe(v.number(rule), v.integer(rule), v.minValue(least, rule), v.maxValue(most, rule))
}

/** Schemes that run something, or hide where they lead, have no place behind a thank-you. */
const webAddress = v.pipe(
  v.string('Expected a URL'),
  v.maxLength(500, 'Expected at most 500 characters'),
  v.check((text) => {
    const url = URL.parse(text)
    return url?.protocol === 'https:' && url.username === '' && url.password === ''
  }, 'Expected an https: URL without a user name'),
)

const hostField = v.pipe(
  v.string(),
  v.regex(
    /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/,
    'Expected a host in lower case, such as example.com',
  ),
)

/**
 * Where a page may be framed: an origin, as a browser writes it in Content-Security-Policy. To a URL `;`, `,`
 * and `*` are parts of a host; there they begin another directive or policy, and let everybody in.
 */
const originField = v.pipe(
  v.string(),
  v.check(
    (text) => /^https?:\/\/[a-z0-9.:-]+$/.test(text) && URL.parse(text)?.origin === text,
    'Expected an origin such as https://www.example.com',
  ),
)

/** White text stands on it, and it stands on white. */
const accentField = v.pipe(
  v.string(),
  v.regex(/^#[0-9a-f]{6}$/, 'Expected a colour as #rrggbb in lower case'),
  v.check(
    (colour) => !(contrast(colour, light.bg) < 4.5),
    (issue) =>
      `Expected a contrast of 4.5 against white (WCAG 2.2): ${issue.input} has ` +
      contrast(issue.input, light.bg).toFixed(1),
  ),
)

/** How an image of a type begins: what is served as a picture must be one. */
const pictures: Readonly<Record<string, readonly number[]>> = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpeg: [0xff, 0xd8, 0xff],
  gif: [0x47, 0x49, 0x46, 0x38],
  webp: [0x52, 0x49, 0x46, 0x46],
}

function isPicture(text: string): boolean {
  const [, type = '', encoded = ''] =
    /^data:image\/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=]+)$/.exec(text) ?? []
  const bytes = parseBase64(encoded)
  const beginning = pictures[type]
  return bytes !== null && beginning?.every((byte, at) => bytes[at] === byte) === true
}

const logoField = v.pipe(
  v.string('Expected a data: URL'),
  v.maxLength(44_000, 'Expected a picture of at most 32 kB'),
  v.check(isPicture, 'Expected data:image/png, jpeg, gif or webp in base64'),
)

const driver = v.strictObject({
  id: v.pipe(
    v.string('Expected a text'),
    v.regex(/^[a-z][a-z0-9_-]{0,31}$/, 'Expected an id of a–z, 0–9, _ and -'),
  ),
  label: v.pipe(
    texts(80),
    v.check((label) => Object.keys(label).length > 0, 'Expected a text in at least one language'),
  ),
})

const onward = v.strictObject({ href: webAddress, label: texts(80) })

/** Something for each bucket that wants it. */
const byBucket = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.strictObject({
    low: v.exactOptional(schema),
    middle: v.exactOptional(schema),
    high: v.exactOptional(schema),
  })

/** Pictures for points: what a kind may be drawn as besides numbers. */
const looks: Readonly<Record<string, readonly string[]>> = {
  csat: ['numbers', 'stars', 'faces'],
  thumbs: ['thumbs'],
}

const fields = v.strictObject({
  kind: v.picklist(kinds, `Expected one of ${kinds.join(', ')}`),
  name: nameField,
  question: v.optional(texts(300), {}),
  ends: v.exactOptional(v.strictObject({ low: texts(60), high: texts(60) })),
  look: v.exactOptional(
    v.picklist(['numbers', 'stars', 'faces', 'thumbs'], 'Expected numbers, stars, faces or thumbs'),
  ),
  followUp: v.exactOptional(byBucket(texts(200))),
  drivers: v.exactOptional(
    v.pipe(
      v.array(driver, 'Expected a list of drivers'),
      v.maxLength(driversLimit, `Expected at most ${driversLimit} drivers`),
      v.check((list) => unique(list.map(({ id }) => id)), 'An id occurs twice'),
    ),
  ),
  thanks: v.exactOptional(byBucket(texts(300))),
  onward: v.exactOptional(byBucket(onward)),
  hosts: v.exactOptional(
    v.pipe(
      v.array(hostField),
      v.maxLength(10, 'Expected at most 10 hosts'),
      v.check(unique, 'A host occurs twice'),
    ),
  ),
  locales: v.exactOptional(
    v.pipe(
      v.array(localeField, 'Expected a list of languages'),
      v.minLength(1, 'Expected at least one language'),
      v.check(unique, 'A language occurs twice'),
    ),
  ),
  properties: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(propertyName, 'Expected a name of a–z, 0–9 and _'))),
      v.maxLength(propertiesLimit, `Expected at most ${propertiesLimit} properties`),
      v.check(unique, 'A property occurs twice'),
    ),
    [],
  ),
  comment: v.optional(v.boolean('Expected true or false'), true),
  brand: v.exactOptional(line(60)),
  accent: v.exactOptional(accentField),
  logo: v.exactOptional(logoField),
  opens: v.exactOptional(timeField),
  closes: v.exactOptional(timeField),
  quota: v.exactOptional(whole(1, 1_000_000_000)),
  policy: v.exactOptional(
    v.picklist(['anonymous', 'browser', 'invited'], 'Expected anonymous, browser or invited'),
  ),
  mode: v.exactOptional(v.picklist(['confirm', 'assisted'], 'Expected confirm or assisted')),
  window: v.exactOptional(whole(0, 720)),
  frames: v.exactOptional(
    v.pipe(
      v.array(originField),
      v.maxLength(20, 'Expected at most 20 origins'),
      v.check(unique, 'An origin occurs twice'),
    ),
  ),
  gap: v.exactOptional(whole(0, 3_650)),
})

type Given = v.InferOutput<typeof fields>

/** Rules that two fields keep or break together, with the one that is to blame. */
const together: readonly [path: keyof Given, message: string, keeps: (given: Given) => boolean][] =
  [
    [
      'look',
      'csat may be drawn as numbers, stars or faces; thumbs as thumbs; the others as numbers',
      ({ kind, look }) => look === undefined || (looks[kind] ?? ['numbers']).includes(look),
    ],
    [
      'closes',
      'Expected a time after "opens"',
      ({ opens, closes }) => opens === undefined || closes === undefined || opens < closes,
    ],
    [
      'onward',
      'Expected URLs on hosts that "hosts" lists',
      ({ onward: links = {}, hosts = [] }) =>
        buckets.every((bucket) => {
          const href = links[bucket]?.href
          const host = href === undefined ? undefined : URL.parse(href)?.hostname
          return host === undefined || hosts.includes(host)
        }),
    ],
    [
      'logo',
      'Expected "brand" beside it: what the picture says, for those who do not see it',
      ({ logo, brand }) => logo === undefined || brand !== undefined,
    ],
  ]

/** A team's own question is only asked in the languages it is written in, unless it says otherwise. */
export const surveyBody = v.pipe(
  fields,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const [path, message, keeps] of together) {
      if (keeps(dataset.value)) continue
      addIssue({
        message,
        path: [
          {
            type: 'object',
            origin: 'value',
            input: dataset.value,
            key: path,
            value: dataset.value[path],
          },
        ],
      })
    }
  }),
  v.transform(({ locales, ...document }): SurveyDocument => {
    const written = tags.filter((tag) => document.question[tag] !== undefined)
    return { ...document, locales: locales ?? (written.length > 0 ? written : tags) }
  }),
)

/** A document as the API shows it, with times as it takes them. */
export function showDocument({ opens, closes, ...rest }: SurveyDocument): Record<string, unknown> {
  return {
    ...rest,
    ...(opens !== undefined && { opens: new Date(opens).toISOString() }),
    ...(closes !== undefined && { closes: new Date(closes).toISOString() }),
  }
}
