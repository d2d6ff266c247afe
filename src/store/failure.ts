/**
 * Whether an error is storage's trouble and not a bug of ours: D1 says which of its calls failed, and
 * SQLite's own complaints about a statement or its values are bugs (developers.cloudflare.com/d1,
 * "Debug D1"). Drizzle wraps the error, so the chain of causes is searched.
 */
export function storageFailed(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (/SQLITE_(?:CONSTRAINT|ERROR|MISMATCH|RANGE)|D1_TYPE_ERROR/.test(cause.message)) return false
    if (/\bD1\b|D1_|Network connection lost|SQLITE_/.test(cause.message)) return true
  }
  return false
}

/**
 * What went wrong at the bottom of an error, fit for a log: the message of a query's error repeats what
 * was bound to it, which may be somebody's comment or the digest of a key.
 */
export function rootCause(error: unknown): string {
  let cause = error
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
}
