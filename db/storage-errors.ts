const SQLITE = /^SQLITE_(BUSY|FULL|READONLY|IOERR|CANTOPEN|LOCKED|NOMEM|CORRUPT|PROTOCOL)/;

/**
 * Classes of PostgreSQL errors (manual, appendix A) that are not caused by the query: no
 * connection, no resources, stopped by an operator, lock timeout, read-only, damaged disk.
 */
const POSTGRES = /^(08|53|57P|58|40001$|40P01$|55P03$|25006$|25P0[34]$|XX00[12]$)/;

/** Network errors between us and the server. */
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** Messages of the driver for a lost or timed-out connection; these errors have no code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** True if the database could not take the write now, and not that the write was wrong. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (SQLITE.test(code) || POSTGRES.test(code))) return true;
  if (typeof code === 'string' && NETWORK.test(code) && 'syscall' in error) return true;
  if (LOST.test(error.message)) return true;
  return isStorageTrouble(error.cause);
}
