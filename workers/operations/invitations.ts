import * as v from 'valibot'
import { invitationStates } from '../../src/invitation.ts'
import { provisionalStates } from '../../src/store/provisional.ts'
import { invitationsQuery } from '../api/invitation-list.ts'
import { provisionalQuery } from '../api/provisional.ts'
import { invitationsBody } from '../api/recipients.ts'
import { type Section, json } from '../operation.ts'
import { count, csv, doubts, instant, like, number, pageOf, url } from './fields.ts'

const link = url('https://tidemark.example.com/i/Zk3qV0pYt8mA1sRw5LxEuQ')

const Invitation = v.object({
  recipient: like('crm-17'),
  url: link,
  state: v.picklist(invitationStates),
  created: instant,
  expires: instant,
  touched: v.pipe(v.boolean(), v.description('Whether a link of its mail was opened')),
  answered: v.nullable(instant),
})

const Invited = v.union([
  v.object({ recipient: like('crm-17'), url: link }),
  v.object({
    recipient: like('crm-18'),
    skipped: like('survey_gap'),
    until: v.nullable(instant),
  }),
])

const DoubtedAnswer = v.object({
  id: like('b7f0c7a2'),
  state: v.picklist(provisionalStates),
  reasons: v.array(v.picklist(doubts)),
  received: instant,
  score: v.nullable(number(9)),
  comment: v.nullable(like('Easy to set up')),
  respondent: v.nullable(like('crm-17')),
})

const share = v.object({
  value: v.nullable(number(12.5)),
  reason: v.exactOptional(like('no_denominator')),
  n: count(80),
  low: v.nullable(number(6.9)),
  high: v.nullable(number(21.5)),
})

const Integrity = v.object({
  answers: count(70),
  doubted: v.object(Object.fromEntries(provisionalStates.map((state) => [state, count(2)]))),
  reasons: v.record(v.string(), v.number()),
  flagged_share: share,
  invited: count(200),
  opened: count(90),
  confirmed: count(60),
  confirm_rate: share,
})

export const invitations: Section = {
  name: 'Invitations and doubted answers',
  about: 'Who is asked, by a link of their own; and answers that may be a machine’s.',
  schemas: { Invitation, Invited, DoubtedAnswer, Integrity },
  operations: {
    'POST /v1/surveys/{id}/invitations': {
      id: 'invite',
      summary: 'Invite up to 1,000 recipients',
      about: 'Whoever was asked lately is skipped, and the answer says until when.',
      needs: 'write',
      bodies: json(invitationsBody, { recipients: [{ id: 'crm-17' }] }),
      answers: { 201: v.object({ items: v.array(Invited) }) },
      problems: ['conflict', 'gone'],
    },
    'GET /v1/surveys/{id}/invitations': {
      id: 'listInvitations',
      summary: 'List invitations',
      about: 'As CSV with Accept: text/csv. A link is the right to answer, so it takes write.',
      needs: 'write',
      query: invitationsQuery,
      answers: {
        200: [
          { type: 'application/json', schema: pageOf(Invitation) },
          csv('recipient,url,state,created,expires,touched,answered\n'),
        ],
      },
    },
    'GET /v1/surveys/{id}/invitations.csv': {
      id: 'listInvitationsAsCsv',
      summary: 'List invitations as CSV',
      needs: 'write',
      query: invitationsQuery,
      answers: { 200: [csv('recipient,url,state,created,expires,touched,answered\n')] },
    },
    'DELETE /v1/surveys/{id}/invitations/{recipient}': {
      id: 'revokeInvitation',
      summary: 'Revoke the invitations of a recipient',
      needs: 'write',
      answers: { 204: null },
    },
    'GET /v1/surveys/{id}/provisional': {
      id: 'listDoubtedAnswers',
      summary: 'List answers that are doubted',
      needs: 'read',
      query: provisionalQuery,
      answers: { 200: pageOf(DoubtedAnswer) },
    },
    'POST /v1/surveys/{id}/provisional/{answer}/promote': {
      id: 'promoteAnswer',
      summary: 'Let a doubted answer count',
      needs: 'write',
      answers: { 200: DoubtedAnswer },
      problems: ['conflict'],
    },
    'POST /v1/surveys/{id}/provisional/{answer}/discard': {
      id: 'discardAnswer',
      summary: 'Discard a doubted answer',
      needs: 'write',
      answers: { 200: DoubtedAnswer },
      problems: ['conflict'],
    },
    'GET /v1/surveys/{id}/integrity': {
      id: 'readIntegrity',
      summary: 'Read how many answers are doubted, and why',
      needs: 'read',
      answers: { 200: Integrity },
    },
  },
}
