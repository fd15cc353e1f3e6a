const SQLITE = /^SQLITE_(BUSY|FULL|READONLY|IOERR|CANTOPEN|LOCKED|NOMEM|CORRUPT|PROTOCOL)/;

/**
 * PostgreSQL's classes of errors (its manual, appendix A) that say nothing about what was asked: no
 * connection, no resources, stopped by the operator, waited too long, not writable, broken disk.
 */
const POSTGRES = /^(08|53|57P|58|40001$|40P01$|55P03$|25006$|25P0[34]$|XX00[12]$)/;

/** The way to the server. */
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/** What the driver says of a connection it has lost, or did not get in time; it gives no code. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error means that the database could not take a write now, not that the write was wrong. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && (SQLITE.test(code) || POSTGRES.test(code))) return true;
  if (typeof code === 'string' && NETWORK.test(code) && 'syscall' in error) return true;
  if (LOST.test(error.message)) return true;
  return isStorageTrouble(error.cause);
}
