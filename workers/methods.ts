import type { Router } from 'hono/router'
import { Problem } from '../src/problem.ts'
import { problem } from './reply.ts'

/** What finds the handlers of a method and path. */
type Routes = Router<[unknown, { readonly method: string }]>

const asked = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The methods that a path takes, by the router that serves them; none where nothing is there. */
export function methodsOf(routes: Routes, path: string): string[] {
  const known = asked.filter((method) =>
    routes.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  if (known.length === 0) return []
  return [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}

/** What no route has taken: its methods where somebody asks for them, 405 by another one, else 404. */
export function refuseMethod(routes: Routes, method: string, path: string): Response {
  const allowed = methodsOf(routes, path)
  if (allowed.length === 0) return problem(new Problem('not-found', `Nothing is at ${path}`))
  const headers = { Allow: allowed.join(', ') }
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers })
  const detail = `Expected one of ${allowed.join(', ')}: current value is ${method}`
  return problem(new Problem('method-not-allowed', detail), headers)
}
