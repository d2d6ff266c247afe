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
