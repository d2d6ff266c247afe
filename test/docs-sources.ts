import * as v from 'valibot'
import { type Settled, settle } from '../src/delivery.ts'
import type { IntakeContext } from '../src/intake.ts'
import type { Event, Source } from '../src/source.ts'

/** What an event of a sample comes to. */
export interface Measured {
  readonly event: string
  readonly becomes: string
}

/** What a sample comes to as a delivery. */
export interface Outcome {
  readonly vendor: string
  readonly sample: string
  readonly state: Settled['state']
  readonly reason: string | null
  /** How many facts of each type. */
  readonly facts: Readonly<Record<string, number>>
  readonly events: readonly Measured[]
}

const place = { source: 'source', delivery: 'delivery' }

/** How many facts there are of each type, in the order of the alphabet. */
export function countTypes(facts: readonly { readonly type: string }[]): Record<string, number> {
  const byType = [...Map.groupBy(facts, ({ type }) => type)]
  return Object.fromEntries(
    byType.map(([type, some]) => [type, some.length] as const).toSorted(inOrder),
  )
}

const inOrder = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1

/** What one event comes to, in words. */
export function measure(event: Event, context: IntakeContext): Measured {
  const { state, reason, facts } = settle({ events: [event] }, place, context)
  const why = (reason ?? '').slice(event.name.length + 2)
  const told = Object.entries(countTypes(facts)).map(([type, n]) =>
    n === 1 ? `\`${type}\`` : `${n} × \`${type}\``,
  )
  const words = {
    stored: told.join(', '),
    ignored: `ignored: ${why}`,
    quarantined: `in quarantine: ${why}`,
  }
  return { event: event.name, becomes: words[state] }
}

/** A text in a cell of a table; code is shown as it is. */
const cell = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('')

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

/** What a field is for: what it says of itself, or what the API says where it is anything else. */
function purposeOf(field: v.GenericSchema): string {
  const inner = 'wrapped' in field ? (field.wrapped as v.GenericSchema) : field
  const [issue] = v.safeParse(field, null).issues ?? []
  return v.getDescription(inner) ?? issue?.message.replace(/^Expected /, '') ?? ''
}

const configuration = ({ config }: Source): string =>
  Object.keys(config).length === 0
    ? 'There is nothing to be configured.'
    : table(
        ['field of `config`', 'what it is'],
        Object.entries(config).map(([name, field]) => [
          field.type === 'optional' ? `\`${name}\`?` : `\`${name}\``,
          cell(purposeOf(field as v.GenericSchema)),
        ]),
      )

/** The values of a field that has only a few. */
function optionsOf(field: object): readonly string[] {
  const inner = 'wrapped' in field ? (field.wrapped as object) : field
  return 'options' in inner ? (inner.options as string[]) : []
}

/** How a vendor may sign, with what says so in the configuration; first what it does unless told otherwise. */
function schemesOf({
  config,
  scheme,
}: Source): readonly (readonly [label: string, when: string])[] {
  const usual = scheme({}).label
  const others = Object.entries(config).flatMap(([name, field]) =>
    optionsOf(field).map(
      (option) =>
        [scheme({ [name]: option }).label, ` where \`${name}\` is \`${option}\``] as const,
    ),
  )
  return [[usual, ''], ...others.filter(([label]) => label !== usual)]
}

/** What is particular about a vendor's requests. */
function particulars({ format, keeps, volatile, recalls, reply }: Source): readonly string[] {
  return [
    `- Bodies are ${format === 'json' ? 'JSON' : 'XML'}.`,
    ...(keeps.length === 0 ? [] : [`- Kept beside the body: the headers ${quoted(keeps)}.`]),
    ...(volatile.length === 0
      ? []
      : [`- No part of what a body says, as it differs between attempts: ${quoted(volatile)}.`]),
    ...(recalls === undefined
      ? []
      : ['- What earlier deliveries have said is remembered where later ones need it.']),
    ...(reply === undefined ? [] : [`- It hears what it wants to hear, as \`${reply.type}\`.`]),
  ]
}

/** What samples have come to: a row for each event and outcome, with how many there were. */
function measured(outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) {
    return 'No body of this vendor’s has been at hand: it is read as the vendor’s documentation says.'
  }
  const rows = Map.groupBy(
    outcomes.flatMap(({ events }) => events),
    ({ event, becomes }) => JSON.stringify([event, becomes]),
  )
  const lines = [...rows.values()].flatMap((same) =>
    same.slice(0, 1).map(({ event, becomes }) => [cell(event), cell(becomes), same.length]),
  )
  const states = Object.entries(Object.groupBy(outcomes, ({ state }) => state))
    .map(([state, some]) => `${some.length} ${said[state as Settled['state']]}`)
    .toSorted()
  return [
    `Bodies that the vendor has published or sent: ${outcomes.length}, of which ${states.join(', ')}.`,
    table(['event', 'what it comes to', 'events'], lines),
  ].join('\n\n')
}

const said: Readonly<Record<Settled['state'], string>> = {
  stored: 'stored',
  ignored: 'ignored',
  quarantined: 'in quarantine',
}

const written =
  '<small>Written from the declarations in src/sources by ' +
  '`npx vitest run --project core test/docs-sources -u`.</small>'

/** docs/sources/{vendor}.md: what its declaration says, and what its samples come to. */
export function sourcePage(source: Source, outcomes: readonly Outcome[]): string {
  const { vendor, label, docs, types, setup, becomes } = source
  return `# ${label}

How webhooks work here: [all sources](../sources.md).

- In the API: \`"vendor": "${vendor}"\`. The vendor’s own page: <${docs}>.
${schemesOf(source)
  .map(([scheme, when]) => `- Verified${when} by: ${scheme}.`)
  .join('\n')}
- Tells of ${quoted(types)} (see [facts](../facts.md)).
${particulars(source).join('\n')}

## Setup

${setup.map((step, at) => `${at + 1}. ${step}`).join('\n')}

## Configuration

${configuration(source)}

## What becomes of its events

${table(
  ['event', 'what it becomes'],
  becomes.map(([event, what]) => [cell(event), cell(what)]),
)}

## Measured

${measured(outcomes)}

${written}
`
}

/** docs/sources.md: the vendors, and what holds for all of them. */
export function sourcesPage(sources: readonly Source[]): string {
  const rows = sources.map((source) => [
    `[${source.label}](sources/${source.vendor}.md)`,
    `\`${source.vendor}\``,
    schemesOf(source)
      .map(([label, when]) => label + when)
      .join('; '),
  ])
  return `# Webhooks

${table(['vendor', 'in the API', 'verified by'], rows)}

${general}

${written}
`
}

const general = `
## How it works

**The door.** \`POST /v1/sources {"vendor": "shopify", "name": "Shop", "secrets": ["…"], "config": {}}\` makes a source
and shows its \`url\`, which is what the vendor is told. A request is of any content type and at most 256 KiB; a
compressed one is refused. What is verified is the bytes as they were sent, before anything is parsed. Where a vendor
can only be told a URL, the secret follows it after a \`/\`. Some vendors ask by HEAD whether anybody is there; anybody
is answered.

**What the sender hears.** 200 means that the delivery is kept, committed before the answer, with
\`{"delivery", "state"}\`; a vendor that wants to hear something else hears that. It is 200 for a body that nobody can
read, too: it is kept, and would be the same the next time. Everything else means that nothing was kept:

| status | why |
| --- | --- |
| 401 | the request is not verified, or there is no such source: the sender is not told which. The source’s \`refused\` says when one was last refused, and why; it is written every five seconds at most where the reason changes, otherwise once a minute |
| 405, 413, 415 | no POST, too large, compressed |
| 503 | storage does not answer, too much is changing at once, or the \`SEAL_KEY\` opens no secret of the source: sending it again is safe |

**Identity.** A delivery is named within its source for ever: by what it means, such as \`order:1001\`, where the body
says that; otherwise by the vendor’s own id of the event, otherwise by its content. The names of facts follow from the
body alone as well; where something counts once a day, from the workspace’s zone too. Of a name that tells who somebody
is, such as Segment’s of a user’s day, only a digest is kept. Members that differ between attempts are no part of the
content; no header is, because most of them are not signed.

**The first wins.** The same delivery again is a \`repeat\` and writes nothing, however often and however late it
comes. Another of the same name whose facts are all there already is a repeat as well: vendors may tell one thing by two
events. One that says something else is kept as a \`conflict\`, once, and counts nowhere. Where the vendor itself says
that something has changed, the new fact replaces the old one: of several, the newest counts, in whatever order they
arrive.

**Quarantine.** An event that nobody can make sense of puts its delivery in \`quarantined\`, with the reason; the other
events of the same delivery are stored. One that means nothing here is \`ignored\`, with the reason too.
\`GET /v1/deliveries\` lists those in quarantine, the newest first, and \`?state=\` the others; \`stored\` and
\`expired\` are listed by source: \`&source={id}\`. \`GET /v1/deliveries/{id}\` shows what was sent, and as \`reading\`
what the body is read as today: \`{"state", "reason", "facts": [{"id", "type", "time", "counted"}]}\`, where
\`counted\` says whether the fact counts already, as it is read here. \`reading\` is \`null\` once the body has gone.

**Replay.** Change the source’s \`config\` (\`PATCH /v1/sources/{id}\`), or install a version that knows more, then
\`POST /v1/deliveries/{id}/replay\` or \`POST /v1/deliveries/replay {"state": "quarantined", "source": "…"}\`: 12 at a
time at most. \`next\` is the \`cursor\` of the following ones, and \`null\` at the end. \`from\` and \`to\` are RFC 3339
times between which they arrived. What was not stored yet is stored, on the day it happened; what says something else
now is corrected; nothing is counted twice. \`ignored\` and \`stored\` ones can be replayed in the same way: a wrong
configuration that had stored something is mended by \`{"state": "stored", "source": "…"}\`. What a delivery has told
before and no longer tells stays.

**Retention.** Bodies are kept for \`retention\` days, 30 where nothing is said, 3,650 at most. Then body, headers and
reason go, and what was never stored becomes \`expired\`. Names stay, so that a repeat stays one. To end a source,
\`DELETE /v1/sources/{id}\`: it takes nothing any more, its secrets are gone at once, and what it has told stays.

**Secrets.** They are sealed with AES-256-GCM by the deployment’s \`SEAL_KEY\` and bound to their source; nobody can
read them back. To change one without losing a delivery, \`POST /v1/sources/{id}/secrets {"secret": "…", "overlap":
24}\`: the old ones are accepted for so many hours more, up to 720, and 0 ends them at once. At most five are in use.
\`DELETE /v1/sources/{id}/secrets/{secret}\` ends one earlier, but not the last that has no end. Where the
\`SEAL_KEY\` has been lost, a source answers 503 until a secret is added to it anew.

**Silence.** \`GET /v1/sources\` shows for each source when something last came, its deliveries by state, and its
\`rhythm\`: \`usualGapSeconds\`, the longest pause between its facts in the last four weeks; \`gapSeconds\`, for how long
nothing has come; and \`silent\`, whether that is more than twice its longest pause, and an hour at least. Before there
are 10 facts on 3 days nothing is said: \`usualGapSeconds\` is \`null\` and \`silent\` is \`false\`. \`counted\` is \`null\`
where deliveries were counted now; otherwise, for large sources, it says when all were last counted. A large source
that has never been counted to its end shows zeros and \`null\`.

**Cost.** A delivery that is stored writes one row for itself and one for each fact; one more for each fact that has
another name than the delivery, for each index that a fact is in, which are three at most, and for each thing that is
remembered. An order writes four rows in all, an anonymous answer two. A delivery that is ignored, in quarantine or in
conflict writes two, a repeat none. The first fact of a day that was rolled up already writes one more.

## The measured tables

Each page ends with a table: what published bodies of that vendor come to here, read by the same code. They are from
the vendors’ documentation, sources and specifications, or from others who have received them, each read in a source of
its own that is configured for it. Where none was at hand, the page says so. Stripe’s are examples of resources, each in the events that are about it.

\`GET /v1/vendors\` has of each vendor the way of verifying, the setup and the events.
`.trim()
