import type { Parameter, PlacedOperation } from '../description.ts'

/** What a parameter may look like: its first choice, else its name as a variable of the shell. */
function valueOf({ name, schema }: Parameter): string {
  const { enum: [choice] = [], examples: [example] = [] } = schema
  const shown = choice ?? example
  return typeof shown === 'string' || typeof shown === 'number'
    ? `${shown}`
    : `$${name.toUpperCase()}`
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`

function bodyOf({ requestBody }: PlacedOperation): string[] {
  const [first] = Object.entries(requestBody?.content ?? {})
  if (first === undefined) return []
  const [type, { example }] = first
  const text = typeof example === 'string' ? example : JSON.stringify(example)
  return [`-H 'Content-Type: ${type}'`, `--data-binary ${quoted(text)}`]
}

/** A command that carries out an operation, with what it must be given. */
export function curlOf(operation: PlacedOperation): string {
  const { method, path, parameters, security } = operation
  const filled = parameters
    .filter((one) => one.in === 'path')
    .reduce((text, one) => text.replace(`{${one.name}}`, valueOf(one)), path)
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => `${one.name}=${valueOf(one)}`)
  const owner = security[0] !== undefined && !('key' in security[0])
  const address = `"$TIDEMARK${filled}${query.length > 0 ? `?${query.join('&')}` : ''}"`
  return [
    `curl${['GET', 'POST'].includes(method) ? '' : method === 'HEAD' ? ' --head' : ` -X ${method}`} ${address}`,
    ...(security.length > 0 ? [`-H "Authorization: Bearer $${owner ? 'ADMIN_KEY' : 'KEY'}"`] : []),
    ...bodyOf(operation),
    ...(method === 'POST' && operation.requestBody === undefined ? ['-X POST'] : []),
  ].join(' \\\n  ')
}
