import * as v from 'valibot'
import { exportFields } from '../api/export.ts'
import type { Media, Section } from '../operation.ts'
import { count, like, publicId } from './fields.ts'

const lines = [
  '{"kind":"page","format":1,"workspace":"Zk3qV0pYt8mA1sRw5LxEuQ","after":null}',
  '{"kind":"end","rows":0,"next":null}',
]

const exported: Media = {
  type: 'application/x-ndjson',
  schema: v.string(),
  example: `${lines.join('\n')}\n`,
}

const TakenPage = v.object({
  workspace: publicId,
  rows: count(2_000),
  next: v.pipe(v.nullable(like('WyJmYWN0Il0')), v.description('Null where that was all of it')),
})

export const moving: Section = {
  name: 'Moving',
  about: 'A whole workspace, out of one deployment and into another. docs/export.md is the guide.',
  schemas: { TakenPage },
  operations: {
    'GET /v1/export': {
      id: 'exportWorkspace',
      summary: 'Read a page of all that the workspace consists of',
      about: 'Follow the Link until there is none.',
      needs: 'admin',
      query: exportFields,
      answers: { 200: [exported] },
      problems: ['conflict'],
    },
    'POST /v1/workspaces/import': {
      id: 'importWorkspace',
      summary: 'Take in a page of an export',
      about: 'Pages come in their order. The workspace is there with the last of them.',
      needs: 'owner',
      bodies: [exported],
      answers: { 200: TakenPage, 201: TakenPage },
      problems: ['conflict'],
    },
  },
}
