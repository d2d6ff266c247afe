import * as v from 'valibot'
import { scopes } from '../../src/key.ts'
import { changeBody, workspaceBody } from '../api/workspaces.ts'
import { type Section, json } from '../operation.ts'
import { count, like, publicId } from './fields.ts'

const fields = {
  id: publicId,
  name: like('Acme'),
  timeZone: like('Europe/Warsaw'),
  currency: like('EUR'),
  dimensions: v.array(like('team')),
  gap: v.pipe(count(7), v.description('Days between two invitations of one recipient')),
  retention: v.pipe(
    v.nullable(count(365)),
    v.description('Days after which what respondents wrote is deleted'),
  ),
}

const Workspace = v.object(fields)

const NewWorkspace = v.object({
  ...fields,
  key: v.object({
    id: like('q8Zr0LmT2bXw'),
    secret: like('tm_q8Zr0LmT2bXw_4t…'),
    scopes: v.array(v.picklist(scopes)),
  }),
})

const example = { name: 'Acme', timeZone: 'Europe/Warsaw', currency: 'EUR' }

export const workspaces: Section = {
  name: 'Workspaces',
  about: 'A workspace is a team or brand, with its time zone, its currency and its keys.',
  schemas: { Workspace, NewWorkspace },
  operations: {
    'POST /v1/workspaces': {
      id: 'createWorkspace',
      summary: 'Make a workspace',
      about: 'Takes the ADMIN_KEY of the deployment. The first key is shown this once.',
      needs: 'owner',
      bodies: json(workspaceBody, example),
      answers: { 201: NewWorkspace },
    },
    'GET /v1/workspace': {
      id: 'readWorkspace',
      summary: 'Read the workspace of the key',
      needs: 'read',
      answers: { 200: Workspace },
    },
    'PATCH /v1/workspace': {
      id: 'changeWorkspace',
      summary: 'Change the workspace of the key',
      about: 'The time zone stays: days that have been published were cut by it.',
      needs: 'admin',
      bodies: json(changeBody, { name: 'Acme Europe' }),
      answers: { 200: Workspace },
    },
  },
}
