/**
 * Whether another site has made this browser send a form (Fetch Metadata, w3.org/TR/fetch-metadata). What
 * the browser carries along, a cookie or the fields of a page of ours, then says nothing of who it is.
 */
export function isForeign(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) return site === 'cross-site' || site === 'same-site'
  const origin = request.headers.get('origin')
  return origin !== null && origin !== new URL(request.url).origin
}
