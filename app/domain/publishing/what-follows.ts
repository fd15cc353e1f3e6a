import { mayModerate, type Visitor } from '~/domain/accounts/users/visitor';
import { NEW_REPORT, NEW_THREAD, threadOfDraft } from '~/domain/forum/drafts/drafts';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import { requireOpenThread, requireWriter } from '~/domain/forum/posts/permission';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { requireReportThread } from './report-barrier';

/** What follows when a visitor sends a post. */
export type WhatFollows =
  /** It cannot be posted now; it becomes a draft. */
  | { outcome: 'refused'; error: DomainError }
  /**
   * - `held`: a moderator reads it before others can
   * - `checked`: everybody can read it at once, unless an automatic check finds something
   * - `published`: everybody can read it at once
   */
  | { outcome: 'held' | 'checked' | 'published' };

/**
 * Returns what follows when the visitor sends a post for a place, as in `drafts.place`. It asks the
 * functions with which `publishPost` and its callers decide. Without an account it follows once
 * the visitor opens the emailed link.
 */
export async function whatFollows(
  app: AppContext,
  visitor: Visitor,
  place: string,
): Promise<WhatFollows> {
  const { reader } = app.db;
  try {
    if (visitor.person) requireWriter(visitor);
    if (place === NEW_REPORT) await requireReportThread(app, visitor);
    else if (place !== NEW_THREAD) {
      await requireOpenThread(reader, app.clock, visitor, threadOfDraft(place));
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { outcome: 'refused', error };
  }
  if (await waitsForModerator(reader, app, visitor)) return { outcome: 'held' };
  return { outcome: mayModerate(visitor) ? 'published' : 'checked' };
}
