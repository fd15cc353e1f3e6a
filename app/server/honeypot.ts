import { z } from 'zod';
import type { AppContext } from '~/platform/app-context';
import { SECOND } from '~/platform/clock';
import { DomainError } from '~/platform/errors';

/**
 * Fields that people do not see, against programs that fill in every form they find: one that has
 * to stay empty, and when the page was made. A program that knows these forms passes; that is what
 * the limits are for. Whoever sends neither, as scripts that use the documented fields, is not
 * stopped.
 */
export const trapFields = {
  homepage: z.string().default(''),
  started: z.coerce.number().optional().catch(undefined),
};

/** Nobody reads and fills in a form in less. */
const SHORTEST = 2 * SECOND;

/**
 * Asks for the form once more where a program seems to have filled it in. Nothing typed is lost:
 * a person who was met by mistake sends it again.
 * @throws DomainError `refused`.
 */
export function checkTrap(
  { clock }: Pick<AppContext, 'clock'>,
  { homepage, started }: { homepage: string; started?: number | undefined },
): void {
  if (homepage.trim() !== '') throw new DomainError('refused', 'guard.error.trap');
  if (started === undefined) return;
  const elapsed = clock.now() - started;
  if (elapsed >= 0 && elapsed < SHORTEST) throw new DomainError('refused', 'guard.error.fast');
}
