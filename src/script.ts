/** A script as it is sent: without its indentation and the lines that only comment. */
export function scriptText(source: string): string {
  return source.replaceAll(/^[^\S\n]*(?:\/\/.*)?\n?/gm, '')
}
