import { pageOf } from '../form-page.ts'
import { open, openAll, press, wait } from './scanner.ts'

/** A scanner that presses buttons. */
interface Presser {
  readonly kind: string
  /** Whether its answer counts; otherwise it is kept as doubted. */
  readonly counts: boolean
  /** Resolves to how many pages it was shown. */
  readonly visit: (url: string) => Promise<number>
}

/** Presses the first button at once; every link has been opened before. */
async function pressAfterAll(url: string) {
  const opened = await openAll(url)
  const answer = await press(await open(url, 0), url)
  return { page: await pageOf(answer), pages: opened + 2 }
}

/** What scanners do that press buttons, in the order of how much they are like people. */
export const pressers: readonly Presser[] = [
  {
    kind: 'fills in every field it finds and presses the button',
    counts: false,
    visit: async (url) => {
      const fields = { website: 'https://example.com', comment: 'x' }
      await press(await open(url, 0), url, fields)
      return 1
    },
  },
  {
    kind: 'opens every link, then one again, and presses the button',
    counts: false,
    visit: async (url) => (await pressAfterAll(url)).pages,
  },
  {
    kind: 'does so, and presses the next button at once',
    counts: false,
    visit: async (url) => {
      const { page, pages } = await pressAfterAll(url)
      await press(page, url)
      return pages
    },
  },
  {
    kind: 'does so, and presses the next button after two seconds',
    counts: true,
    visit: async (url) => {
      const { page, pages } = await pressAfterAll(url)
      await wait(2_000)
      await press(page, url)
      return pages
    },
  },
  {
    kind: 'opens one link and presses the button',
    counts: true,
    visit: async (url) => {
      await press(await open(url, 0), url)
      return 1
    },
  },
]
