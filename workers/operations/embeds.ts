import * as v from 'valibot'
import { badgeParts, badgeStyles, themes } from '../../src/chart.ts'
import { charts } from '../../src/charts/index.ts'
import { type Ending, parametersOf } from '../../src/embed-address.ts'
import { languages } from '../../src/languages/index.ts'
import { grains } from '../../src/window.ts'
import { embedBody } from '../api/embed-body.ts'
import { listQuery } from '../api/list.ts'
import { type Media, type Operation, type Section, json } from '../operation.ts'
import {
  about,
  count,
  csv,
  day,
  definition,
  estimate,
  instant,
  like,
  number,
  page,
  pageOf,
  publicId,
  url,
} from './fields.ts'

const address = url('https://tidemark.example.com/e/Zk3qV0pYt8mA1sRw5LxEuQ.svg')

const Embed = v.object({
  id: publicId,
  kpi: like('nps'),
  segment: v.nullable(like('channel:paid')),
  window: like('90d'),
  by: v.picklist(grains),
  kind: v.picklist(charts.map(({ kind }) => kind)),
  minimum: count(5),
  locale: like('en'),
  theme: v.picklist(themes),
  dimension: v.exactOptional(like('channel')),
  style: v.exactOptional(v.picklist(badgeStyles)),
  show: v.exactOptional(v.array(v.picklist(badgeParts))),
  thresholds: v.exactOptional(v.array(number(40))),
  accent: v.exactOptional(like('#1d5fd1')),
  target: v.exactOptional(number(45)),
  name: v.exactOptional(like('Would recommend us')),
  created: instant,
  urls: v.object({
    svg: address,
    png: address,
    json: address,
    csv: address,
    html: address,
    shields: address,
  }),
})

const EmbedData = v.object({
  ...about,
  kind: Embed.entries.kind,
  label: like('Net Promoter Score'),
  from: day,
  to: day,
  asOf: v.nullable(day),
  minimum: count(5),
  definition,
  total: v.object(estimate),
  points: v.array(
    v.object({ from: day, to: day, ...estimate, complete: v.boolean(), revised: v.boolean() }),
  ),
  target: v.exactOptional(number(45)),
  segments: v.exactOptional(v.array(v.object({ name: like('paid'), ...estimate }))),
  stages: v.exactOptional(v.array(v.object({ name: like('Leads'), count: v.nullable(count(40)) }))),
  before: v.exactOptional(v.object({ from: day, to: day, ...estimate })),
})

const Shields = v.object({
  schemaVersion: v.literal(1),
  label: like('Net Promoter Score'),
  message: like('+42 ± 9'),
  color: like('green'),
  cacheSeconds: count(300),
})

const svg: Media = {
  type: 'image/svg+xml',
  schema: v.string(),
  example: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>',
}

const png: Media = { type: 'image/png', schema: v.string(), example: '…' }

/** How a picture looks may be chosen by its address; what it shows may not. */
const look = {
  theme: v.exactOptional(v.picklist(themes)),
  locale: v.exactOptional(v.picklist(languages.map(({ id }) => id))),
  style: v.exactOptional(v.picklist(badgeStyles)),
}

/** Those of them that make a difference to what has this ending. */
const lookOf = (ending: Ending) =>
  Object.fromEntries(parametersOf[ending].map((name) => [name, look[name]]))

const served = 'GET /e/{file}'

/** What everybody may fetch of an embed. Of an address that says more than it must, there is a shorter one. */
const file = (ending: Ending, id: string, summary: string, media: Media): Operation => ({
  id,
  summary,
  needs: null,
  served,
  query: lookOf(ending),
  tagged: true,
  answers: { 200: [media], 308: null },
  problems: ['not-found'],
})

/** A picture is one whatever happens: one that says what is wrong has no tag and is not kept. */
const picture = (ending: Ending, id: string, summary: string, media: Media): Operation => ({
  id,
  summary,
  needs: null,
  served,
  query: lookOf(ending),
  answers: { 200: [media], 304: null, 308: null },
})

export const embeds: Section = {
  name: 'Embeds',
  about: 'One KPI that everybody may see, as a picture or as numbers, by an id that says nothing.',
  schemas: { Embed, EmbedData, Shields },
  operations: {
    'POST /v1/embeds': {
      id: 'createEmbed',
      summary: 'Make an embed',
      needs: 'write',
      bodies: json(embedBody, { kpi: 'nps', window: '90d', kind: 'line' }),
      answers: { 201: Embed },
    },
    'GET /v1/embeds': {
      id: 'listEmbeds',
      summary: 'List embeds',
      needs: 'read',
      query: listQuery,
      answers: { 200: pageOf(Embed) },
    },
    'DELETE /v1/embeds/{id}': {
      id: 'revokeEmbed',
      summary: 'Revoke an embed',
      needs: 'write',
      answers: { 204: null },
    },
    'GET /e/{embed}.svg': picture(
      'svg',
      'drawEmbed',
      'Draw an embed; an image whatever happens',
      svg,
    ),
    'GET /e/{embed}.png': picture(
      'png',
      'paintEmbed',
      'Draw an embed for where SVG cannot go',
      png,
    ),
    'GET /e/{embed}.html': {
      id: 'showEmbed',
      summary: 'Show an embed with what defends it, and how to put it elsewhere',
      needs: null,
      served,
      query: lookOf('html'),
      person: true,
      answers: { 200: [page], 304: null, 308: null },
      problems: ['not-found'],
    },
    'GET /e/{embed}.json': file('json', 'readEmbed', 'Read the numbers of an embed', {
      type: 'application/json',
      schema: EmbedData,
    }),
    'GET /e/{embed}.csv': file(
      'csv',
      'readEmbedAsCsv',
      'Read the points of an embed as CSV',
      csv('from,to,value,n,low,high,reason,complete,revised\n'),
    ),
    'GET /e/{embed}.shields.json': file(
      'shields.json',
      'readEmbedAsShields',
      'Read an embed for shields.io',
      {
        type: 'application/json',
        schema: Shields,
      },
    ),
  },
}
