import * as v from 'valibot'
import { peopleQuery } from '../api/people.ts'
import type { Section } from '../operation.ts'
import { count, like } from './fields.ts'

const Erasure = v.object({
  receipt: v.pipe(like('3f9a…'), v.description('The same for the same person, and says nothing')),
  facts: count(4),
  deliveries: count(1),
  invitations: count(2),
  provisional: count(0),
  next: v.pipe(
    v.nullable(like('WyJhIiwiYiJd')),
    v.description('Ask again with this cursor until it is null'),
  ),
})

export const people: Section = {
  name: 'People',
  about: 'Respondents, customers and users, as far as they want to be forgotten.',
  schemas: { Erasure },
  operations: {
    'DELETE /v1/people/{id}': {
      id: 'erasePerson',
      summary: 'Erase a person',
      about:
        'What they told still counts; who they were is gone. docs/privacy.md says what exactly.',
      needs: 'admin',
      query: peopleQuery,
      answers: { 202: Erasure },
    },
  },
}
