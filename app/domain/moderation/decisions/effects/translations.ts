import { findTranslation } from '~/domain/forum/translations/translations';
import { setRemoved } from '~/domain/publishing/translate-post';
import type { UndoArgs, Undone } from './effect';

/** Puts back a translation that a moderator removed, unless somebody else has removed it since. */
export async function putTranslationBack({
  tx,
  app,
  decision,
  change,
}: UndoArgs): Promise<Undone | null> {
  const found = await findTranslation(tx, String(change.translation));
  if (!found || found.removedById !== decision.moderatorId) return null;
  await setRemoved(tx, app, found, null);
  return { action: 'retranslate', effect: { change: { translation: found.id } } };
}
