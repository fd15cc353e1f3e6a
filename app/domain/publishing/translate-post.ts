import { and, eq, isNull } from 'drizzle-orm';
import { mayModerate, type Person, type Visitor } from '~/domain/accounts/users/visitor';
import { pickWords, quotedParts } from '~/domain/digests/translated-quotes';
import { READ, withParameter } from '~/domain/forum/paths';
import { waitsForModerator } from '~/domain/forum/posts/first-posts';
import { requireWriter } from '~/domain/forum/posts/permission';
import { locatePost } from '~/domain/forum/posts/posts';
import { type RenderedBody, renderBody } from '~/domain/forum/posts/render-body';
import { countWriting } from '~/domain/forum/posts/writing-limits';
import {
  findTranslation,
  isTranslatable,
  type StoredTranslation,
  type TranslatedText,
  translationInto,
} from '~/domain/forum/translations/translations';
import { type Reader, readablePost, readableThread, readerOf } from '~/domain/forum/visibility';
import { holds, scanText } from '~/domain/moderation/anti-spam/scan';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { newId } from '~/platform/ids';
import { isPostLanguage } from '~/platform/languages/detect';
import { isInLanguage } from '~/platform/languages/tags';
import { once } from '~/platform/submissions';
import type { Db } from '~db/client';
import { posts, postTranslations, threads } from '~db/schema';
import type { PickedWords } from '~db/schema/writing';
import { announce } from './post-events';

export interface NewPostTranslation {
  postId: string;
  /** BCP 47, one of `TRANSLATION_LANGUAGES`. */
  language: string;
  /** Markdown. */
  body: string;
  /** What the translation says for quotes of the post, as typed, by `refOf`. */
  quotes?: ReadonlyMap<string, string>;
  /** What the form was based on: the post's revision, and the translation that it corrects ('' for none). */
  seen: { revision: number | undefined; translation: string | undefined };
  /** The translator's IP address. */
  address?: string | undefined;
  key?: string | undefined;
}

export function isTranslationLanguage(tag: string): boolean {
  return isPostLanguage(tag) || (LOCALE_TAGS as readonly string[]).includes(tag);
}

/** A post as it is translated. */
export interface OriginalPost {
  id: string;
  threadId: string;
  state: typeof posts.$inferSelect.state;
  authorId: string;
  revision: number;
  body: string;
  html: string;
  /** BCP 47. */
  language: string;
}

/** Returns a post that can be translated, as the reader may see it; null otherwise. */
export async function findOriginal(
  db: Db,
  id: string,
  reader: Reader,
): Promise<OriginalPost | null> {
  const { threadId, state, authorId, revision, body, html, language, isOpening } = posts;
  const { questionNumber } = threads;
  const [row] = await db
    .select({
      id: posts.id,
      threadId,
      state,
      authorId,
      revision,
      body,
      html,
      language,
      isOpening,
      questionNumber,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(eq(posts.id, id), readablePost(reader), readableThread(reader)));
  return row && isTranslatable(row) ? row : null;
}

/**
 * Stores a member's translation of a post, or a correction of one, and returns the post's path. The
 * text is checked as a post is. Where a post would wait for a moderator, a translation is refused, and
 * the typed text kept: nobody waits to read one.
 * @throws DomainError `missing`; `refused` if they may not post yet, if the checks would hold the text,
 * if it is in the post's own language, or if the post or the translation was changed since the form was
 * made; `invalid`, also where the words for a quote do not stand in the translation; `too-many`
 */
export async function translatePost(
  app: AppContext,
  visitor: Visitor,
  wanted: NewPostTranslation,
): Promise<string> {
  const reader = readerOf(visitor);
  await requireOriginal(app.db.reader, wanted, reader);
  const translator = requireWriter(visitor);
  await countWriting(app, translator, wanted.address);
  const text = await renderBody(app, wanted.body);
  await refuseSpam(app, visitor, translator, wanted, text);
  const publish = async (tx: Db): Promise<string> => {
    const post = await requireOriginal(tx, wanted, reader);
    await requireKnownWriter(tx, app, visitor);
    const present = await refuseIfOvertaken(tx, post, wanted);
    const picked = await pickedIn(tx, post, wanted, text.html);
    if (present && isSameBy(translator, visitor, present, text))
      await pick(tx, app, post, present, picked);
    else {
      const { language } = wanted;
      const stored = { ...text, picked, language, personId: translator.id };
      await storePostTranslation(tx, app, post, stored);
    }
    return translatedPath(tx, post.id, reader, wanted.language);
  };
  const { key, address: _own, seen: _earlier, quotes = new Map(), ...typed } = wanted;
  const form = { by: translator.id, key, sent: { ...typed, quotes: [...quotes] } };
  return app.db.write((tx) => once(tx, app.clock, form, () => publish(tx)));
}

/** @throws DomainError `refused` for people whose posts would wait for a moderator */
export async function requireKnownWriter(db: Db, app: AppContext, visitor: Visitor) {
  if (await waitsForModerator(db, app, visitor)) {
    throw new DomainError('refused', 'translations.error.waits');
  }
}

/**
 * Returns a post that the reader may translate into a language.
 * @throws DomainError `missing`, `invalid` or `refused`
 */
export async function requireOriginal(
  db: Db,
  { postId, language }: Pick<NewPostTranslation, 'postId' | 'language'>,
  reader: Reader,
): Promise<OriginalPost> {
  const post = await findOriginal(db, postId, reader);
  if (!post) throw new DomainError('missing', 'site.problem.404.title');
  if (!isTranslationLanguage(language)) {
    throw new DomainError('invalid', 'translations.error.language', { field: 'language' });
  }
  if (isInLanguage(post.language, language)) {
    throw new DomainError('refused', 'translations.error.same', { field: 'language' });
  }
  return post;
}

async function refuseSpam(
  app: AppContext,
  visitor: Visitor,
  translator: Person,
  { language, address }: NewPostTranslation,
  { html }: RenderedBody,
): Promise<void> {
  const moderates = mayModerate(visitor);
  const written = { html, language, kind: 'reply', address } as const;
  if (holds(await scanText(app, translator, { moderates }, written))) {
    throw new DomainError('refused', 'translations.error.held', { field: 'body' });
  }
}

async function refuseIfOvertaken(
  tx: Db,
  post: OriginalPost,
  { seen, language }: NewPostTranslation,
) {
  if (seen.revision !== undefined && seen.revision !== post.revision) {
    throw new DomainError('refused', 'translations.error.postChanged', { field: 'body' });
  }
  const present = await translationInto(tx, post.id, language);
  if (seen.translation !== undefined && seen.translation !== (present?.id ?? '')) {
    throw new DomainError('refused', 'translations.error.changed', { field: 'body' });
  }
  return present;
}

const QUOTE_FIELD = 'quote-';

/** The name of the field for the words of a quote, by `refOf`. */
export function quoteField(ref: string): string {
  return QUOTE_FIELD + ref;
}

/** Returns what was typed for quotes, by `refOf`. */
export function typedQuotes(values: Record<string, string[]>): Map<string, string> {
  return new Map(
    Object.entries(values)
      .filter(([name]) => name.startsWith(QUOTE_FIELD))
      .map(([name, [words = '']]) => [name.slice(QUOTE_FIELD.length), words]),
  );
}

/** @throws DomainError `invalid`, for each quote whose words do not stand in the translation */
async function pickedIn(
  tx: Db,
  post: OriginalPost,
  { quotes }: NewPostTranslation,
  html: string,
): Promise<PickedWords[]> {
  if (!quotes) return [];
  const found = pickWords(await quotedParts(tx, post), quotes, html);
  const wrong = found.filter(({ picked }) => picked === null);
  const [first] = wrong;
  if (first) {
    const key = 'translations.error.quote' as const;
    const fields = Object.fromEntries(wrong.map(({ ref }) => [quoteField(ref), { key }]));
    throw new DomainError('invalid', key, { field: quoteField(first.ref), fields });
  }
  return found.flatMap(({ picked }) => picked ?? []);
}

/**
 * True for a text that stays as it is: then its translator or a moderator only picks words for quotes.
 * Another member who does so answers for them, under their own name.
 */
function isSameBy(
  { id }: Person,
  visitor: Visitor,
  present: TranslatedText,
  { body }: RenderedBody,
): boolean {
  if (!('person' in present.translator) || present.isOlder || present.text !== body) return false;
  return present.translator.person.id === id || mayModerate(visitor);
}

async function pick(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  post: OriginalPost,
  { id }: TranslatedText,
  picked: PickedWords[],
): Promise<void> {
  await tx.update(postTranslations).set({ picked }).where(eq(postTranslations.id, id));
  await announce(tx, clock, 'translated', [post]);
}

interface NewText {
  body: string;
  html: string;
  language: string;
  personId: string | null;
  machine?: string;
  picked?: PickedWords[];
}

/** Stores a translation of what a post says now; `personId` is null for a machine. */
export async function storePostTranslation(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  post: OriginalPost,
  text: NewText,
): Promise<void> {
  const { body, html, language, personId, machine, picked = [] } = text;
  const createdAt = clock.now();
  const { id: postId, revision } = post;
  await tx.insert(postTranslations).values({
    ...{ id: newId(createdAt), postId, revision, language, body, html },
    ...{ personId, machine: machine ?? null, createdAt },
    picked: picked.length > 0 ? picked : null,
  });
  await announce(tx, clock, 'translated', [post]);
}

/** Returns the path of a post on its page of the thread, read in a language. */
export async function translatedPath(
  db: Db,
  postId: string,
  reader: Reader,
  language: string,
): Promise<string> {
  const path = await locatePost(db, postId, reader);
  if (!path) throw new Error('a post was translated that nobody can read');
  return withParameter(path, READ, language);
}

/**
 * Removes a translation, by its translator or by the post's author. Removing it again changes nothing.
 * @throws DomainError `missing` if it is neither theirs nor of their post
 */
export async function removeOwnTranslation(
  app: AppContext,
  visitor: Visitor,
  id: string,
): Promise<void> {
  const personId = visitor.person?.id;
  await app.db.write(async (tx) => {
    const found = await findTranslation(tx, id);
    const isTheirs = found && personId && [found.personId, found.post.authorId].includes(personId);
    if (!isTheirs) throw new DomainError('missing', 'site.problem.404.title');
    if (found.removedAt === null) await setRemoved(tx, app, found, personId);
  });
}

/** Removes a translation, or with `null` puts it back. */
export async function setRemoved(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  { id, post }: StoredTranslation,
  removedById: string | null,
): Promise<void> {
  const removedAt = removedById === null ? null : clock.now();
  await tx
    .update(postTranslations)
    .set({ removedAt, removedById })
    .where(eq(postTranslations.id, id));
  await announce(tx, clock, 'translated', [post]);
}

/** Removes all translations by a person; returns their ids. */
export async function removeAllOf(
  tx: Db,
  app: Pick<AppContext, 'clock'>,
  personId: string,
  removedById: string,
): Promise<string[]> {
  const theirs = and(eq(postTranslations.personId, personId), isNull(postTranslations.removedAt));
  const rows = await tx.select({ id: postTranslations.id }).from(postTranslations).where(theirs);
  for (const { id } of rows) {
    const found = await findTranslation(tx, id);
    if (found) await setRemoved(tx, app, found, removedById);
  }
  return rows.map(({ id }) => id);
}
