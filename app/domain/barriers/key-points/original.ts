import { and, eq, isNull, ne } from 'drizzle-orm';
import { originalKey } from '~/platform/community/community';
import { DEFAULT_LOCALE } from '~/platform/i18n/locales';
import type { Db } from '~db/client';
import { keyPointTexts } from '~db/schema';

/*
 * Which of the titles of a key point is the original, and which translate what it said before: the
 * rule of all texts of the site (decision 63). An outdated translation counts as missing.
 */

type TextRow = typeof keyPointTexts.$inferSelect;

/** Returns the accepted text that translates no other: in English, else the oldest; null without one. */
export function originalOf(rows: readonly TextRow[]): TextRow | null {
  const originals = rows.filter((row) => row.original === null && row.acceptedAt !== null);
  const inOrder = originals.toSorted((a, b) => (a.acceptedAt ?? 0) - (b.acceptedAt ?? 0));
  return inOrder.find(({ language }) => language === DEFAULT_LOCALE) ?? inOrder[0] ?? null;
}

/** True for a translation of what the original does not say any more. */
export function isOutdated(row: TextRow, original: TextRow | null): boolean {
  return row.original !== null && original !== null && row.original !== wordsKey(original);
}

/** Returns the fingerprint of the words of a key point. */
export function wordsKey({ title, sentence }: Pick<TextRow, 'title' | 'sentence'>): string {
  return originalKey(`${title}\n${sentence}`);
}

/** Reads what a key point is called in all languages, also what readers do not see. */
export function textRowsOf(db: Db, keyPointId: string): Promise<TextRow[]> {
  return db.select().from(keyPointTexts).where(eq(keyPointTexts.keyPointId, keyPointId));
}

/** Before the original changes: translations that do not know what they translate remember it. */
export async function rememberOriginal(tx: Db, original: TextRow): Promise<void> {
  const { keyPointId, language } = original;
  await tx
    .update(keyPointTexts)
    .set({ original: wordsKey(original) })
    .where(
      and(
        eq(keyPointTexts.keyPointId, keyPointId),
        ne(keyPointTexts.language, language),
        isNull(keyPointTexts.original),
      ),
    );
}
