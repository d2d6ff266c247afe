import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { mailPerson } from '../../src/person.ts'
import { type Client, countFacts, newSurvey, newWorkspace } from './client.ts'

const importAs = (client: Client, query: string, file: string) =>
  client.send(`/v1/import/survey.response?${query}`, file, 'text/csv')

async function answersOf({ workspace }: Client): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT source, id, value, entity, time, dimensions ->> 'p.plan' AS plan,
       dimensions ->> 'locale' AS locale, data ->> 'comment' AS comment
     FROM fact WHERE workspace = ? ORDER BY id`,
  )
    .bind(workspace)
    .all()
  return results
}

const delighted = [
  'Survey Response ID,Survey type,Score,Comment,Permalink,Responded at,Person ID,Person Email,Person Name,Plan,Locale',
  '17,NPS,9,"Fine, thanks",https://x,2024-03-01 10:22:33 UTC,5,Ann@Example.com,Ann,pro,de',
  '18,NPS,,,https://x,2024-03-01 10:22:33 UTC,6,bob@example.com,Bob,pro,de',
  '19,CSAT,4,,https://x,2024-03-01 10:22:33 UTC,7,,,,',
  '20,NPS,0,,https://x,2024-03-02 08:00:00,7,,,,',
].join('\r\n')

test('an export of Delighted becomes answers, and a second time nothing new', async () => {
  const client = await newWorkspace('Europe/Berlin')
  const survey = await newSurvey(client, { properties: ['plan'] })
  const query = `profile=delighted&survey=${survey}`

  const first = await importAs(client, query, delighted)
  const second = await importAs(client, query, delighted)

  expect(await first.json()).toMatchObject({
    received: 4,
    stored: 2,
    duplicate: 0,
    rejectedCount: 2,
    rejected: [
      { line: 3, errors: [{ path: 'score' }] },
      { line: 4, errors: [{ path: 'kind' }] },
    ],
  })
  expect(await second.json()).toMatchObject({ stored: 0, duplicate: 2 })
  expect(await answersOf(client)).toEqual([
    {
      source: 'delighted',
      id: '17',
      value: 9,
      entity: await mailPerson('ann@example.com'),
      time: Date.parse('2024-03-01T10:22:33Z'),
      plan: 'pro',
      locale: 'de',
      comment: 'Fine, thanks',
    },
    {
      source: 'delighted',
      id: '20',
      value: 0,
      entity: '7',
      time: Date.parse('2024-03-02T07:00:00Z'),
      plan: null,
      locale: null,
      comment: null,
    },
  ])
})

const typeform = [
  '#,How likely is it?,Why?,E-mail,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags',
  'odwdp4nzj1xg6m9l36,10,Love it,zoe@example.com,completed,2024-10-05 02:39:31,,2024-10-05 02:41:38,653e97acae,',
  'part,3,,,partial,2024-10-05 02:39:31,,,653e97acae,',
].join('\n')

test('an export of Typeform needs to be told which question it is, and who answers', async () => {
  const client = await newWorkspace('Asia/Tokyo')
  const survey = await newSurvey(client)
  const query = `profile=typeform&survey=${survey}`

  const unclear = await importAs(client, query, typeform)
  const more = '&question=How%20likely%20is%20it%3F&comment=Why%3F&respondent=E-mail&source=forms'
  const clear = await importAs(client, query + more, typeform)

  expect(unclear.status).toBe(422)
  expect(await unclear.json()).toMatchObject({
    errors: [
      {
        path: 'question',
        message: expect.stringContaining('"How likely is it?", "Why?", "E-mail"'),
      },
    ],
  })
  expect(await clear.json()).toMatchObject({
    stored: 1,
    rejected: [{ line: 3, errors: [{ path: 'time' }] }],
  })
  expect(await answersOf(client)).toMatchObject([
    {
      source: 'forms',
      value: 10,
      entity: await mailPerson('zoe@example.com'),
      time: Date.parse('2024-10-05T02:41:38Z'),
      comment: 'Love it',
    },
  ])
})

const surveymonkey = [
  'Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,How likely?,Why?',
  ',,,,,,,,,Response,Open-Ended Response',
  '118052219061,446111201,06/10/2022 07:48:07 AM,06/10/2022 08:09:25 PM,163.1.1.1,,,,,7,Fine',
].join('\n')

test.each([
  ['', '2022-06-11T00:09:25Z'],
  ['&tz=UTC', '2022-06-10T20:09:25Z'],
  ['&dates=dmy', '2022-10-07T00:09:25Z'],
])('an export of SurveyMonkey has two header lines and dates as %s says', async (more, time) => {
  const client = await newWorkspace('America/New_York')
  const survey = await newSurvey(client)

  const answer = await importAs(
    client,
    `profile=surveymonkey&survey=${survey}${more}`,
    surveymonkey,
  )

  expect(await answer.json()).toMatchObject({ received: 1, stored: 1 })
  expect(await answersOf(client)).toMatchObject([
    { id: '118052219061', value: 7, entity: null, comment: 'Fine', time: Date.parse(time) },
  ])
})

test('what cannot be meant is refused by name before anything is stored', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)
  const known = `profile=delighted&survey=${survey}`

  const answers = await Promise.all([
    importAs(client, `profile=delightful&survey=${survey}`, delighted),
    importAs(client, 'profile=delighted', delighted),
    importAs(client, 'profile=delighted&survey=none', delighted),
    importAs(client, `${known}&map=score:Score`, delighted),
    importAs(client, `${known}&dates=ymd`, delighted),
    importAs(client, `${known}&tz=Mars`, delighted),
    importAs(client, known, typeform),
    importAs(client, `survey=${survey}`, delighted),
    client.send(`/v1/import/deal.won?${known}`, delighted, 'text/csv'),
  ])
  const bodies = await Promise.all(answers.map((answer) => answer.json<{ detail: string }>()))

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 422))
  expect(bodies.map(({ detail }) => detail.split(':', 1)[0])).toEqual([
    'profile',
    'survey',
    'survey',
    'map',
    'dates',
    'tz',
    'profile',
    'survey',
    'survey',
  ])
  expect(bodies[6]?.detail).toContain('"Survey Response ID" or "Response ID" or "ID"')
  expect(await countFacts(client.workspace)).toBe(0)
})

test('a profile reads CSV and nothing else', async () => {
  const client = await newWorkspace()
  const survey = await newSurvey(client)

  const answer = await client.send(
    `/v1/import/survey.response?profile=delighted&survey=${survey}`,
    '{}',
    'application/x-ndjson',
  )

  expect(answer.status).toBe(415)
})
