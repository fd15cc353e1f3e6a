import { and, asc, desc, eq, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { z } from 'zod';
import type {
  WaitingForOwner,
  WaitingKind,
  WaitingMail,
} from '~/domain/accounts/auth/account-mails';
import { mayFlag, type Visitor, visitorOf } from '~/domain/accounts/users/visitor';
import { STANCES } from '~/domain/barriers/key-points/stance-counts';
import { setStance } from '~/domain/barriers/key-points/stances';
import {
  NEW_REPORT,
  NEW_THREAD,
  saveDraft,
  threadOfDraft,
  worthKeeping,
} from '~/domain/forum/drafts/drafts';
import { postPath } from '~/domain/forum/paths';
import { setMeToo } from '~/domain/forum/posts/me-too';
import { placeField, REPEATED_POST_FIELDS, storedPostForm } from '~/domain/forum/posts/post-fields';
import { locatePost } from '~/domain/forum/posts/posts';
import {
  bodyField,
  keyPointField,
  optionalTitleField,
} from '~/domain/forum/posts/submission-fields';
import { publicPost, publicThread, readerOf } from '~/domain/forum/visibility';
import { flagForm, flagPost } from '~/domain/moderation/cases/flag';
import type { AppContext } from '~/platform/app-context';
import { type Clock, DAY } from '~/platform/clock';
import { DomainError, forEachApart, type ItemError } from '~/platform/errors';
import type { KeptForm } from '~/platform/form-state';
import { digestOf, newToken } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { countNetworkUse } from '~/platform/rate-limits/limiter';
import type { Db } from '~db/client';
import { posts, threads, users, waitingPosts } from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import type { TypedFields } from '~db/schema/writing';
import { questionsAfter } from './questions-after';
import { reply } from './reply';
import { reportBarrier } from './report-barrier';
import { startThread } from './start-thread';

/** Retention of a text without an email address, and of one with an unconfirmed account. */
const KEPT_UNTAKEN = 3 * DAY;
const KEPT_TAKEN = 30 * DAY;

/** Prefix before the id of a post that someone says "I face this too" of. */
const ME_TOO = 'face/';

/** Returns the place of an "I face this too" that waits for an account. */
export function meTooPlace(postId: string): string {
  return ME_TOO + postId;
}

/** Returns the post of a waiting "I face this too"; null if something else is waiting. */
export function meTooPost(place: string): string | null {
  return place.startsWith(ME_TOO) ? place.slice(ME_TOO.length) : null;
}

/** Prefix before the id of a key point and a stance on it. */
const STANCE = 'stance/';

/** Returns the place of a stance on a key point that waits for an account. */
export function stancePlace(keyPointId: string, stance: Stance): string {
  return `${STANCE}${keyPointId}/${stance}`;
}

/** Returns the waiting stance; null if something else is waiting. */
export function waitingStance(place: string): { keyPointId: string; stance: Stance } | null {
  if (!place.startsWith(STANCE)) return null;
  const [keyPointId = '', said] = place.slice(STANCE.length).split('/');
  const stance = STANCES.find((one) => one === said);
  return stance ? { keyPointId, stance } : null;
}

/** Prefix before the id of a post that is flagged. */
const FLAG = 'flag/';

/** Returns the place of a flag that waits for an account. */
export function flagPlace(postId: string): string {
  return FLAG + postId;
}

/** Returns the post of a waiting flag; null if something else is waiting. */
export function flaggedPost(place: string): string | null {
  return place.startsWith(FLAG) ? place.slice(FLAG.length) : null;
}

/** Returns what is waiting at a place. */
export function waitingKind(place: string): WaitingKind {
  if (meTooPost(place) !== null) return 'meToo';
  if (waitingStance(place) !== null) return 'stance';
  if (flaggedPost(place) !== null) return 'flag';
  if (place === NEW_THREAD) return 'thread';
  return place === NEW_REPORT ? 'report' : 'answer';
}

/** Returns how an email names what is waiting at a place: by no words that a member typed. */
export async function waitingMail(db: Db, place: string): Promise<WaitingMail> {
  const kind = waitingKind(place);
  const stance = waitingStance(place);
  if (stance) {
    const path = pathTo('/key-points/:id/:slug?', { id: stance.keyPointId });
    return { kind, question: null, path };
  }
  const postId = meTooPost(place) ?? flaggedPost(place);
  if (postId === null && kind !== 'answer') return { kind, question: null, path: null };
  const { id, title, language, questionNumber } = threads;
  const columns = { id, title, language, questionNumber };
  const [thread] = postId
    ? await db
        .select(columns)
        .from(posts)
        .innerJoin(threads, eq(id, posts.threadId))
        .where(and(eq(posts.id, postId), publicPost()))
    : await db
        .select(columns)
        .from(threads)
        .where(and(eq(id, threadOfDraft(place)), publicThread()));
  if (!thread) return { kind, question: null, path: null };
  const question = thread.questionNumber === null ? null : thread;
  if (postId) return { kind, question, path: postPath(postId) };
  return { kind, question, path: question ? null : pathTo('/t/:id/:slug?', { id: thread.id }) };
}

/** True if a text is waiting. Anything else can never be a draft. */
export function isText(place: string): boolean {
  return ['answer', 'report', 'thread'].includes(waitingKind(place));
}

export interface Waiting {
  place: string;
  fields: TypedFields;
}

/**
 * Stores what was sent without an account: a text, an "I face this too", a stance, a flag. Returns
 * the secret under which it can be read.
 * @throws DomainError `too-many`.
 */
export async function keepWaiting(
  app: AppContext,
  { place, fields, language, address }: Waiting & { language: string; address: string },
): Promise<string> {
  await countNetworkUse(app, 'write-network', address);
  const kept = isText(place) ? worthKeeping(fields) : voiceFields(fields);
  if (!kept) throw new DomainError('invalid', 'conversation.error.bodyEmpty', { field: 'body' });
  const token = newToken();
  await app.db.write((tx) =>
    tx.insert(waitingPosts).values({
      id: digestOf(token),
      place,
      fields: kept,
      language,
      createdAt: app.clock.now(),
    }),
  );
  return token;
}

/** The fields of a me-too, a stance and a flag. */
function voiceFields({ country = [], reason = [], note = [] }: TypedFields): TypedFields {
  return { country, reason, note };
}

/** Prefix before the path of a form: its fields wait for a person who has to log in again. */
const FORM = 'form:';

/** More is not stored. */
const LARGEST_FORM = 400_000;

/**
 * Stores a form of a person who has to authenticate first. Returns the secret under which it can be read.
 * @throws DomainError `too-many`.
 */
export async function keepForm(
  app: AppContext,
  { action, fields }: KeptForm,
  { address, language }: { address: string; language: string },
): Promise<string> {
  await countNetworkUse(app, 'write-network', address);
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  const kept: TypedFields = Object.fromEntries(values);
  if (JSON.stringify(kept).length > LARGEST_FORM) {
    throw new DomainError('invalid', 'site.error.tooLarge');
  }
  const token = newToken();
  await app.db.write((tx) =>
    tx.insert(waitingPosts).values({
      id: digestOf(token),
      place: FORM + action,
      fields: kept,
      language,
      createdAt: app.clock.now(),
    }),
  );
  return token;
}

/** Returns the form stored under a secret; null if there is none. */
export async function readForm(db: Db, token: string): Promise<KeptForm | null> {
  const [row] = await db.select().from(waitingPosts).where(untaken(token));
  if (!row?.place.startsWith(FORM)) return null;
  const fields = Object.entries(row.fields).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return { action: row.place.slice(FORM.length), fields };
}

/** Returns what is stored under a secret; null once its writer has given an email address. */
export async function readWaiting(db: Db, token: string): Promise<Waiting | null> {
  const [row] = await db
    .select({ place: waitingPosts.place, fields: waitingPosts.fields })
    .from(waitingPosts)
    .where(untaken(token));
  return row && !row.place.startsWith(FORM) ? row : null;
}

/**
 * Assigns what is waiting to the account of its writer: `postWaiting` posts it. Returns what it is;
 * null if it is not there any more.
 */
export async function giveWaiting(
  tx: Db,
  clock: Clock,
  token: string,
  userId: string,
): Promise<WaitingMail | null> {
  const [row] = await tx
    .update(waitingPosts)
    .set({ takenAt: clock.now(), userId })
    .where(untaken(token))
    .returning();
  return row ? waitingMail(tx, row.place) : null;
}

/**
 * Leaves what is waiting to the owner of the account whose email address was given, who may be
 * someone else: a text becomes a draft, which only the owner can see or post; anything else waits
 * under a new secret, which only the email has. The writer's own secret no longer opens it, as after
 * `giveWaiting`, so that the writer cannot tell whether the account existed. Returns what it is and
 * where the owner finds it.
 */
export async function offerWaiting(
  tx: Db,
  clock: Clock,
  token: string,
  userId: string,
): Promise<WaitingForOwner | null> {
  const [row] = await tx.select().from(waitingPosts).where(untaken(token));
  if (!row) return null;
  const waiting = await waitingMail(tx, row.place);
  const same = eq(waitingPosts.id, row.id);
  if (!isText(row.place)) {
    const secret = newToken();
    await tx
      .update(waitingPosts)
      .set({ id: digestOf(secret) })
      .where(same);
    return { waiting, offeredAt: pathTo('/join/:token', { token: secret }) };
  }
  await saveDraft(tx, clock, userId, row.place, row.fields, undefined);
  await tx.update(waitingPosts).set({ takenAt: clock.now(), fields: {} }).where(same);
  return { waiting, offeredAt: pathTo('/drafts') };
}

/**
 * Leaves the texts that wait for an account to the owner of another one, as drafts: of two accounts of one
 * mailbox only one is confirmed. Returns the newest, as `offerWaiting` does.
 */
export async function passWaiting(
  tx: Db,
  clock: Clock,
  { from, to }: { from: string; to: string },
): Promise<WaitingForOwner | null> {
  const rows = await tx.delete(waitingPosts).where(eq(waitingPosts.userId, from)).returning();
  const texts = rows.filter(({ place }) => isText(place));
  for (const { place, fields } of texts) await saveDraft(tx, clock, to, place, fields, undefined);
  const newest = texts.toSorted((a, b) => a.createdAt - b.createdAt).at(-1);
  return newest
    ? { waiting: await waitingMail(tx, newest.place), offeredAt: pathTo('/drafts') }
    : null;
}

/** Returns what waits for an account that has not been confirmed; the newest, or null. */
export async function waitingFor(db: Db, userId: string): Promise<Waiting | null> {
  const [row] = await db
    .select({ place: waitingPosts.place, fields: waitingPosts.fields })
    .from(waitingPosts)
    .where(eq(waitingPosts.userId, userId))
    .orderBy(desc(waitingPosts.createdAt), desc(waitingPosts.id))
    .limit(1);
  return row ?? null;
}

/**
 * Posts what was waiting for an account that may now post, and returns the URL of the last post;
 * null if there was none. A text that can no longer be posted becomes a draft. Repeating it after
 * an interruption posts nothing twice.
 */
export async function postWaiting(app: AppContext, userId: string): Promise<string | null> {
  const rows = await app.db.reader
    .select()
    .from(waitingPosts)
    .where(eq(waitingPosts.userId, userId))
    .orderBy(asc(waitingPosts.createdAt));
  let address: string | null = null;
  for (const row of rows) {
    address = await postOne(app, userId, row);
    await app.db.write((tx) => tx.delete(waitingPosts).where(eq(waitingPosts.id, row.id)));
  }
  return address;
}

/** Posts what an interruption left behind, and deletes expired texts; run as a background job. */
export async function tendWaiting(app: AppContext): Promise<{ errors: ItemError[] }> {
  const now = app.clock.now();
  await app.db.write((tx) =>
    tx
      .delete(waitingPosts)
      .where(
        or(
          and(isNull(waitingPosts.userId), lte(waitingPosts.createdAt, now - KEPT_UNTAKEN)),
          lte(waitingPosts.createdAt, now - KEPT_TAKEN),
        ),
      ),
  );
  const left = await app.db.reader
    .selectDistinct({ id: users.id })
    .from(waitingPosts)
    .innerJoin(users, eq(users.id, waitingPosts.userId))
    .where(isNotNull(users.confirmedAt))
    .limit(100);
  const { errors } = await forEachApart(
    left,
    ({ id }) => `posts of ${id}`,
    async ({ id }) => {
      await postWaiting(app, id);
    },
  );
  return { errors };
}

/** They were validated when sent; values that are no longer in a vocabulary are left out. */
const fields = storedPostForm('report', {
  title: optionalTitleField.catch(''),
  body: bodyField,
  replyTo: z.string().default(''),
  keyPoint: keyPointField,
});

type Row = typeof waitingPosts.$inferSelect;

async function postOne(app: AppContext, userId: string, row: Row): Promise<string> {
  const [account] = await app.db.reader.select().from(users).where(eq(users.id, userId));
  if (!account) throw new Error('a text waits for an account that is not there');
  const visitor = visitorOf(account, app.clock.now());
  const meToo = meTooPost(row.place);
  if (meToo) return sayMeToo(app, visitor, meToo, row);
  const stance = waitingStance(row.place);
  if (stance) return takeStance(app, visitor, stance, row);
  const flagged = flaggedPost(row.place);
  if (flagged) return sendFlag(app, visitor, flagged, row);
  const lists: readonly string[] = REPEATED_POST_FIELDS;
  const entries = Object.entries(row.fields);
  const typed = entries.map(([name, list]) => [name, lists.includes(name) ? list : list[0]]);
  const { title, body, replyTo, keyPoint, details } = fields(app.community).parse(
    Object.fromEntries(typed),
  );
  const wanted = {
    body,
    details,
    language: row.language,
    keyPointId: keyPoint,
    key: `waiting-${row.id}`,
  };
  try {
    if (row.place === NEW_THREAD) return await startThread(app, visitor, { ...wanted, title });
    const after = (address: string) => questionsAfter(address, { details, keyPoint });
    if (row.place === NEW_REPORT) {
      return after(await reportBarrier(app, visitor, { ...wanted, title }));
    }
    const threadId = threadOfDraft(row.place);
    return after(await reply(app, visitor, { ...wanted, threadId, replyTo: replyTo || null }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // Sent twice before the account was confirmed: it is posted already.
    if (error.options.field === 'again') return error.options.href ?? '/';
    await app.db.write((tx) => saveDraft(tx, app.clock, userId, row.place, row.fields, undefined));
    return pathTo('/drafts');
  }
}

/** Stores a waiting "I face this too"; does nothing if that is no longer possible. */
async function sayMeToo(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  row: Row,
): Promise<string> {
  const place = placeField.safeParse(row.fields.country?.[0]).data;
  await ifPossible(() =>
    setMeToo(app, visitor, postId, { on: true, country: place?.country ?? null }),
  );
  return (await locatePost(app.db.reader, postId, readerOf(visitor))) ?? postPath(postId);
}

/** Takes the stance that was waiting; ignores it if that is no longer possible. */
async function takeStance(
  app: AppContext,
  visitor: Visitor,
  { keyPointId, stance }: { keyPointId: string; stance: Stance },
  row: Row,
): Promise<string> {
  const place = placeField.safeParse(row.fields.country?.[0]).data;
  await ifPossible(() =>
    setStance(app, visitor, keyPointId, { stance, country: place?.country ?? null }),
  );
  return pathTo('/key-points/:id/:slug?', { id: keyPointId });
}

/** Sends the flag that was waiting; ignores it if that is no longer possible. */
async function sendFlag(
  app: AppContext,
  visitor: Visitor,
  postId: string,
  row: Row,
): Promise<string> {
  const { data } = flagForm(app.community).safeParse({
    reason: row.fields.reason?.[0],
    note: row.fields.note?.[0],
    translation: row.fields.translation?.[0],
  });
  const { person } = visitor;
  if (data && person && mayFlag(visitor)) {
    await ifPossible(() => flagPost(app, person, { postId, ...data }));
  }
  return (await locatePost(app.db.reader, postId, readerOf(visitor))) ?? pathTo('/you');
}

/** Does what was waiting; does nothing if that is no longer possible. */
async function ifPossible(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

function untaken(token: string) {
  return and(eq(waitingPosts.id, digestOf(token)), isNull(waitingPosts.takenAt));
}
