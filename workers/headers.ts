/**
 * What may be done with an answer, by its class: who may keep it, show it and read it. Every answer of
 * the Worker has the headers of one class; test/workers/headers.test.ts asks every route for its own.
 */
export const classes = {
  /** For everything that a key protects, everything that changes with every request, and problems. */
  data: {
    'Cache-Control': 'private, no-store',
    'X-Content-Type-Options': 'nosniff',
  },
  /** In addition: pages of other origins may read and show it. */
  open: {
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  },
  /** Any page may show it, and it may do nothing at all there. */
  embed: {
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  /**
   * A page is made for one reader, so only that reader's browser may keep it: going back must show the
   * same page with the same submission, or one person would count twice. Its policy names its own hashes.
   */
  page: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'private, no-cache',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  },
  /** A picture that seldom changes and whose address changes with it. */
  picture: {
    'Cache-Control': 'public, max-age=86400',
    'Content-Security-Policy': "default-src 'none'",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  },
  /** What is the same for everybody until the next deployment. */
  reference: {
    'Cache-Control': 'public, max-age=300',
    'X-Content-Type-Options': 'nosniff',
  },
  /** Our script on somebody else's page. */
  script: {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=300',
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>
