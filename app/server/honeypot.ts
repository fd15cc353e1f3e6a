import { z } from 'zod';
import type { AppContext } from '~/platform/app-context';
import { SECOND } from '~/platform/clock';
import { DomainError } from '~/platform/errors';

/**
 * Hidden fields against programs that send a form without reading it: one that must stay empty, which
 * they fill in by its name, and the time the page was made. A program written for these forms passes;
 * confirmation by email, rate limits and moderators are for those. Scripts that send neither field,
 * because they use the documented fields only, are not stopped.
 */
export const honeypotFields = {
  homepage: z.string().default(''),
  started: z.coerce.number().optional().catch(undefined),
};

/** A person needs longer than this to read and fill in a form. */
const SHORTEST = 2 * SECOND;

/**
 * Refuses the form if a program seems to have filled it in. Nothing typed is lost: a person refused
 * by mistake can send the form again.
 * @throws DomainError `refused`.
 */
export function checkHoneypot(
  { clock }: Pick<AppContext, 'clock'>,
  { homepage, started }: { homepage: string; started?: number | undefined },
): void {
  if (homepage.trim() !== '') throw new DomainError('refused', 'guard.error.honeypot');
  if (started === undefined) return;
  const elapsed = clock.now() - started;
  if (elapsed >= 0 && elapsed < SHORTEST) throw new DomainError('refused', 'guard.error.fast');
}
