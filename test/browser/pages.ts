import type { Page } from 'playwright-core'
import { demo } from '../../src/demo.ts'
import { type Program, newSurvey } from './program.ts'

/** Every kind of page that a person may meet: how to get there, and what it answers with. */
export const pages: readonly {
  readonly name: string
  readonly status: number
  readonly visit: (page: Page, program: Program) => Promise<unknown>
}[] = [
  { name: 'home', status: 200, visit: go('/') },
  { name: 'survey', status: 200, visit: go(`/s/${demo.nps}`) },
  { name: 'survey with a score', status: 200, visit: go(`/s/${demo.nps}?score=9`) },
  { name: 'survey of five', status: 200, visit: go(`/s/${demo.csat}`) },
  { name: 'error', status: 422, visit: sendNothing },
  { name: 'thanks', status: 200, visit: go(`/s/${demo.nps}/thanks`) },
  { name: 'answered', status: 200, visit: go(`/s/${demo.nps}/answered`) },
  { name: 'closed', status: 410, visit: goToClosed },
  { name: 'unknown', status: 404, visit: go('/s/none') },
  { name: 'bad link', status: 422, visit: go(`/s/${demo.nps}?nonsense=1`) },
]

function go(path: string) {
  return (page: Page, { origin }: Program) => page.goto(origin + path)
}

/** Sends the form as it stands, although the browser knows that it is incomplete. */
async function sendNothing(page: Page, { origin }: Program): Promise<void> {
  await page.goto(`${origin}/s/${demo.nps}`)
  await page.evaluate('document.forms[0].noValidate = true')
  await page.getByRole('button').click()
  await page.getByRole('alert').waitFor()
}

async function goToClosed(page: Page, program: Program): Promise<void> {
  const path = await newSurvey(program)
  await program.call(`/v1/surveys/${path.slice('/s/'.length)}/close`, { method: 'POST' })
  await page.goto(program.origin + path)
}
