import { readFileSync, readdirSync } from 'node:fs'

/** Milliseconds of CPU that a process has used so far, of all its threads. */
export type Processor = () => number

/** Of `/proc/…/stat`, on every Linux that Node runs on: clock ticks are hundredths of a second. */
const tick = 10

/**
 * The processor time of the workerd that starting something has started, besides what it comes to.
 *
 * @throws where there is no `/proc`: nothing else tells of another process what it has used.
 */
export async function startWatched<Started>(
  start: () => Promise<Started>,
): Promise<{ started: Started; processor: Processor }> {
  const before = new Set(children())
  const started = await start()
  const [pid, ...more] = children().filter((child) => !before.has(child))
  if (pid === undefined || more.length > 0) throw new Error('Expected exactly one new workerd')
  return { started, processor: () => usedBy(pid) }
}

/** Every workerd of this process. */
function children(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    const stat = statOf(pid)
    return stat !== null && stat.name === 'workerd' && stat.fields[1] === String(process.pid)
  })
}

/** The state, the parent and what follows (proc_pid_stat(5)); the name before them may hold anything. */
function statOf(pid: string): { name: string; fields: string[] } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    return { name: text.slice(text.indexOf('(') + 1, end), fields: text.slice(end + 2).split(' ') }
  } catch {
    return null // It has ended meanwhile.
  }
}

/** Fields 14 and 15 of the manual: time in user and in kernel mode. */
function usedBy(pid: string): number {
  const fields = statOf(pid)?.fields ?? []
  return (Number(fields[11]) + Number(fields[12])) * tick
}
