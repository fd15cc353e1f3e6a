const STORAGE = /^SQLITE_(BUSY|FULL|READONLY|IOERR|CANTOPEN|LOCKED|NOMEM|CORRUPT|PROTOCOL)/;

/** Whether an error means that the database could not take a write now, not that the write was wrong. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && STORAGE.test(code)) return true;
  return isStorageTrouble(error.cause);
}
