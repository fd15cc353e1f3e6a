import { and, eq, isNull } from 'drizzle-orm';
import {
  type OriginalText,
  type StoredTranslation,
  textKey,
  translationsOf,
} from '~/domain/forum/conversations/translations';
import { renderBody } from '~/domain/forum/posts/render-body';
import { alreadyUndone } from '~/platform/already-undone';
import type { AppContext } from '~/platform/app-context';
import { originalKey } from '~/platform/community/community';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { type SentFrom, withoutStale } from '~/platform/stale-form';
import type { Db } from '~db/client';
import { isAfter } from '~db/position';
import { translations } from '~db/schema';
import { announceTitle } from './retitle-thread';

/** A translation to be stored; an empty `text` takes the present one away. */
export interface NewTranslation {
  of: OriginalText;
  /** BCP 47. */
  language: string;
  text: string;
  /** The form field, for an error. */
  name?: string;
}

/**
 * Stores translations of the texts as they are now, each as a new row that can be undone.
 * `personId` is null for those that come with the program.
 * @throws DomainError `invalid` for a prompt that cannot be shown; `refused` if one in the form was changed by
 * someone else since it was made
 */
export async function storeTranslations(
  app: AppContext,
  personId: string | null,
  wanted: readonly NewTranslation[],
  sent: SentFrom = {},
): Promise<void> {
  const ready = await Promise.all(
    wanted.map(async ({ of, language, text, name }) => {
      const isMarkdown = of.field === 'prompt' && text !== '';
      const { subject, subjectId, field } = of;
      return {
        ...{ subject, subjectId, field, language, text },
        html: isMarkdown ? (await renderBody(app, text, name)).html : '',
        original: originalKey(of.text),
      };
    }),
  );
  if (ready.length === 0) return;
  const at = app.clock.now();
  await app.db.write(async (tx) => {
    const rows = sent.seen === undefined ? ready : await withoutStaleRows(tx, ready, sent);
    if (rows.length === 0) return;
    await tx
      .insert(translations)
      .values(rows.map((row) => ({ ...row, id: newId(at), at, personId })));
    await announceTitles(tx, app, rows);
  });
}

/** Leaves out what the sender of a form in one language left alone, and someone else has changed. */
async function withoutStaleRows<
  Row extends Pick<StoredTranslation, 'subject' | 'subjectId' | 'field' | 'language' | 'text'>,
>(tx: Db, rows: readonly Row[], sent: SentFrom): Promise<Row[]> {
  const wanted = Object.fromEntries(rows.map((row) => [textKey(row), row.text]));
  const stored = Object.fromEntries(rows.map((row) => [textKey(row), '']));
  for (const { subject, subjectId, language } of rows) {
    for (const row of await translationsOf(tx, subject, [subjectId], language)) {
      if (textKey(row) in stored) stored[textKey(row)] = row.text;
    }
  }
  const fresh = withoutStale(wanted, stored, sent);
  return rows.filter((row) => fresh[textKey(row)] === row.text);
}

/**
 * Takes a translation back: the one before it counts again. `listedAt` is the path of the list of them.
 * @throws DomainError `missing`; `refused` if it was undone, or a later one must be undone first
 */
export async function undoTranslation(
  app: AppContext,
  personId: string,
  id: string,
  listedAt: string,
): Promise<void> {
  await app.db.write(async (tx) => {
    const [row] = await tx.select().from(translations).where(eq(translations.id, id));
    if (!row) throw new DomainError('missing', 'site.problem.404.title');
    if (row.undoneAt !== null) throw alreadyUndone(listedAt);
    const position = { createdAt: translations.at, id: translations.id };
    const later = await tx
      .select({ id: translations.id })
      .from(translations)
      .where(
        and(
          eq(translations.subject, row.subject),
          eq(translations.subjectId, row.subjectId),
          eq(translations.field, row.field),
          eq(translations.language, row.language),
          isNull(translations.undoneAt),
          isAfter({ createdAt: row.at, id }, position),
        ),
      )
      .limit(1);
    if (later.length > 0) throw new DomainError('refused', 'community.error.later');
    await tx
      .update(translations)
      .set({ undoneAt: app.clock.now(), undoneById: personId })
      .where(eq(translations.id, id));
    await announceTitles(tx, app, [row]);
  });
}

/** The search finds threads by their titles and prompts in all languages. */
async function announceTitles(
  tx: Db,
  { clock }: AppContext,
  changed: readonly Pick<StoredTranslation, 'subject' | 'subjectId' | 'field'>[],
): Promise<void> {
  const questions = changed.filter(({ subject }) => subject === 'thread');
  for (const id of new Set(questions.map(({ subjectId }) => subjectId))) {
    await announceTitle(tx, clock, id);
  }
}
