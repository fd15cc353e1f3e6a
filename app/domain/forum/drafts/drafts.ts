import { and, desc, eq, inArray, lte, type Placeholder, sql } from 'drizzle-orm';
import { threadPath, withParameter } from '~/domain/forum/paths';
import { POST_FIELD_NAMES } from '~/domain/forum/posts/post-fields';
import { type Reader, readableThread } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { pathTo } from '~/platform/paths';
import type { Db } from '~db/client';
import { drafts, threads } from '~db/schema';
import type { TypedFields } from '~db/schema/writing';
import { prepared } from '~db/statement-cache';

/** The fields of forms that write posts; other fields are not stored. */
const KEPT_FIELDS: readonly string[] = [
  ...['title', 'body', 'replyTo', 'keyPoint'],
  ...POST_FIELD_NAMES,
];

/** Abandoned drafts are deleted after this time. */
const KEPT = 90 * DAY;

/** More than any text that can be posted; larger texts are not stored. */
const LARGEST = 100_000;

/** Number of overwritten texts kept per draft. */
const MOST_EARLIER = 5;

/** Places of drafts outside threads: a new thread, a barrier report. */
export const NEW_THREAD = 'new';
export const NEW_REPORT = 'barrier';

/** Returns the place of a draft in a thread: each post that is replied to has its own draft. */
export function draftPlace(threadId: string, replyTo: string | null): string {
  return replyTo ? `${threadId}/${replyTo}` : threadId;
}

/** Returns the thread of a place that `draftPlace` made. */
export function threadOfDraft(place: string): string {
  return place.split('/', 1)[0] ?? '';
}

export interface Draft {
  place: string;
  fields: TypedFields;
  /** Texts that another tab overwrote, newest first. */
  earlier: string[];
  savedAt: number;
}

/** Returns the fields worth storing; null if nothing was written or it is too large. */
export function worthKeeping(typed: TypedFields): TypedFields | null {
  const written = [typed.title, typed.body].some((list) => list?.some((text) => text.trim()));
  if (!written) return null;
  const entries = Object.entries(typed).filter(([name]) => KEPT_FIELDS.includes(name));
  const fields = Object.fromEntries(entries);
  return JSON.stringify(fields).length > LARGEST ? null : fields;
}

/**
 * Stores a draft. The last save wins; if another tab has saved in between (`base` is the time of
 * the draft on which this form is based), its text is kept in `earlier`.
 */
export async function saveDraft(
  tx: Db,
  clock: Clock,
  userId: string,
  place: string,
  typed: TypedFields,
  base: string | undefined,
): Promise<void> {
  const fields = worthKeeping(typed);
  if (!fields) return;
  const known = await draftAt(tx, userId, place);
  // Later than any previous save, so that it identifies the draft a form is based on.
  const savedAt = Math.max(clock.now(), (known?.savedAt ?? 0) + 1);
  const earlier = known ? keptBeside(known, fields, base) : [];
  await tx
    .insert(drafts)
    .values({ userId, place, fields, earlier, savedAt })
    .onConflictDoUpdate({
      target: [drafts.userId, drafts.place],
      set: { fields, earlier, savedAt },
    });
}

function keptBeside(known: Draft, fields: TypedFields, base: string | undefined): string[] {
  const text = known.fields.body?.[0]?.trim() ?? '';
  const now = fields.body?.[0] ?? '';
  if (text === '' || String(known.savedAt) === base || now.includes(text)) return known.earlier;
  return [text, ...known.earlier.filter((one) => one !== text)].slice(0, MOST_EARLIER);
}

/** Deletes the draft of a posted text, if there is one, but no draft that another tab has saved since. */
export async function dropPosted(
  { db }: Pick<AppContext, 'db'>,
  userId: string,
  place: string,
  posted: Posted,
): Promise<void> {
  // Most texts are written at once: a transaction would be one commit more for each.
  if (!(await draftAt(db.reader, userId, place))) return;
  const about = [`person:${userId}`] as const;
  await db.write((tx) => dropIfSame(tx, userId, place, posted), { about });
}

interface Posted {
  body: string;
  /** The time of the draft on which the form was based. */
  base: string | undefined;
}

async function dropIfSame(tx: Db, userId: string, place: string, { body, base }: Posted) {
  const known = await draftAt(tx, userId, place);
  if (!known) return;
  if (String(known.savedAt) !== base && known.fields.body?.[0] !== body) return;
  const [text, ...earlier] = known.earlier;
  if (text === undefined) return discardDraft(tx, userId, place);
  await tx
    .update(drafts)
    .set({ fields: { body: [text] }, earlier })
    .where(at(userId, place));
}

export async function discardDraft(tx: Db, userId: string, place: string): Promise<void> {
  await tx.delete(drafts).where(at(userId, place));
}

const readDraft = prepared((db) =>
  db
    .select()
    .from(drafts)
    .where(at(sql.placeholder('userId'), sql.placeholder('place'))),
);

export async function draftAt(db: Db, userId: string, place: string): Promise<Draft | null> {
  const [row] = await readDraft(db, { userId, place });
  return row ?? null;
}

export interface ListedDraft extends Draft {
  /** The thread of the draft; null for a new one. */
  thread: { id: string; slug: string; title: string; language: string } | null;
}

/** Returns the URL of the draft's form; null if the thread is gone. */
export function draftPath({ place, thread }: Pick<ListedDraft, 'place' | 'thread'>): string | null {
  if (place === NEW_THREAD) return pathTo('/threads/new');
  if (place === NEW_REPORT) return pathTo('/barriers/new');
  if (!thread) return null;
  const [, replyTo] = place.split('/');
  const path = threadPath(thread);
  return `${replyTo ? withParameter(path, 'replyTo', replyTo) : path}#reply`;
}

/** Returns a person's drafts, newest first, without threads that they can no longer open. */
export async function draftsOf(
  db: Db,
  reader: Reader & { personId: string },
): Promise<ListedDraft[]> {
  const rows = await db
    .select()
    .from(drafts)
    .where(eq(drafts.userId, reader.personId))
    .orderBy(desc(drafts.savedAt))
    .limit(100);
  const threadOf = ({ place }: Draft) => place.split('/')[0] ?? '';
  const found = await db
    .select({
      id: threads.id,
      slug: threads.slug,
      title: threads.title,
      language: threads.language,
    })
    .from(threads)
    .where(and(inArray(threads.id, rows.map(threadOf)), readableThread(reader)));
  const byId = new Map(found.map((thread) => [thread.id, thread]));
  return rows.map((row) => ({ ...row, thread: byId.get(threadOf(row)) ?? null }));
}

/** Deletes abandoned drafts; run as a background job. */
export async function purgeDrafts(tx: Db, clock: Clock): Promise<void> {
  await tx.delete(drafts).where(lte(drafts.savedAt, clock.now() - KEPT));
}

function at(userId: string | Placeholder, place: string | Placeholder) {
  return and(eq(drafts.userId, userId), eq(drafts.place, place));
}
