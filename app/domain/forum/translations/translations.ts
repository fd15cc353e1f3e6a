import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { type Author, authorColumns } from '~/domain/accounts/users/profile';
import { mayPost, type Visitor } from '~/domain/accounts/users/visitor';
import {
  ofPresentText,
  postsInAnyState,
  type Reader,
  shownTranslation,
} from '~/domain/forum/visibility';
import type { Db } from '~db/client';
import { alias, inList } from '~db/dialect';
import { posts, postTranslations, users } from '~db/schema';
import type { PickedWords } from '~db/schema/writing';
import { prepared } from '~db/statement-cache';
import { narrowReads, ofThread } from '~db/tracked-reads';

/*
 * Translations of posts. A translation is as visible as the text that it translates: ask only about
 * posts that the reader may see, and only `shownTranslation` decides which of theirs are shown.
 */

/** A person, or a program by its name. */
export type Translator = { person: Author & { id: string } } | { machine: string };

export interface PostTranslation {
  id: string;
  postId: string;
  /** BCP 47. */
  language: string;
  translator: Translator;
  createdAt: number;
  /** True if the post has been changed since. */
  isOlder: boolean;
  /** What it says for the quotes of digests. */
  picked: PickedWords[];
}

/** A translation with its safe HTML, or with its Markdown as the function says. */
export interface TranslatedText extends PostTranslation {
  text: string;
}

const columns = {
  id: postTranslations.id,
  postId: postTranslations.postId,
  revision: postTranslations.revision,
  language: postTranslations.language,
  machine: postTranslations.machine,
  picked: postTranslations.picked,
  createdAt: postTranslations.createdAt,
  present: posts.revision,
  person: { id: users.id, ...authorColumns },
};

interface Row extends Omit<PostTranslation, 'translator' | 'isOlder' | 'picked'> {
  picked: PickedWords[] | null;
  revision: number;
  present: number;
  machine: string | null;
  person: (Author & { id: string }) | null;
}

function translationOf({
  revision,
  present,
  machine,
  person,
  picked,
  ...row
}: Row): PostTranslation {
  const { id, postId, language, createdAt } = row;
  const translator: Translator = person ? { person } : { machine: machine ?? '' };
  const isOlder = revision !== present;
  return { id, postId, language, createdAt, translator, isOlder, picked: picked ?? [] };
}

const HTML = sql<string>`${postTranslations.html}`;
const MARKDOWN = sql<string>`${postTranslations.body}`;

/** Reads shown translations of posts, of each post and language the newest, oldest first. */
async function readShown<Text>(
  db: Db,
  postIds: readonly string[],
  text: SQL<Text>,
  where: SQL = shownTranslation(),
): Promise<(PostTranslation & { text: Text })[]> {
  if (postIds.length === 0) return [];
  return newestOf(
    await selectShown(db, text, and(where, inArray(postTranslations.postId, [...postIds]))),
  );
}

function selectShown<Text>(db: Db, text: SQL<Text>, where: SQL | undefined) {
  return db
    .select({ ...columns, text: sql<unknown>`${text}` })
    .from(postTranslations)
    .innerJoin(postsInAnyState, eq(posts.id, postTranslations.postId))
    .leftJoin(users, eq(users.id, postTranslations.personId))
    .where(where)
    .orderBy(asc(postTranslations.createdAt), asc(postTranslations.id));
}

function newestOf<Text>(
  rows: readonly (Row & { text: unknown })[],
): (PostTranslation & { text: Text })[] {
  const newest = new Map(rows.map((row) => [`${row.postId} ${row.language}`, row]));
  return [...newest.values()].map((row) => ({ ...translationOf(row), text: row.text as Text }));
}

const inLanguages = inList(postTranslations.language, 'languages');

const readInThread = prepared((db) =>
  selectShown(
    db,
    sql<string | null>`case when ${inLanguages} then ${postTranslations.html} end`,
    and(shownTranslation(), inList(postTranslations.postId, 'postIds')),
  ),
);

/**
 * Returns the translations of posts of a thread that the reader may see, by post: of each language the
 * newest. Only those in these `languages` come with their HTML; of the others it is null.
 */
export function translationsInThread(
  db: Db,
  threadId: string,
  postIds: readonly string[],
  languages: readonly string[],
): Promise<Map<string, (PostTranslation & { text: string | null })[]>> {
  return narrowReads(ofThread(threadId), async () => {
    const rows = await readInThread(db, { postIds, languages });
    return Map.groupBy(newestOf<string | null>(rows), ({ postId }) => postId);
  });
}

/** Returns the translation into a language that counts, as Markdown; null if there is none. */
export async function translationInto(
  db: Db,
  postId: string,
  language: string,
): Promise<TranslatedText | null> {
  const found = await readShown(db, [postId], MARKDOWN);
  return found.find((one) => one.language === language) ?? null;
}

const readPresent = prepared((db) =>
  selectShown(db, HTML, and(ofPresentText(), inList(postTranslations.postId, 'postIds'))),
);

/** Returns the translations of what posts say now, of each language the newest, as HTML. */
export async function presentTranslations(
  db: Db,
  postIds: readonly string[],
): Promise<TranslatedText[]> {
  return newestOf(await readPresent(db, { postIds }));
}

/** Returns the same as Markdown, for programs. */
export function presentTexts(db: Db, postIds: readonly string[]): Promise<TranslatedText[]> {
  return readShown(db, postIds, MARKDOWN, ofPresentText());
}

/** A translation in the list of all translations of a post. */
export interface ListedTranslation extends PostTranslation {
  /** Null if the reader may not see it. */
  html: string | null;
  /** True if it is the one that counts in its language. */
  counts: boolean;
  /** Who removed it, and when. */
  removed: { at: number; by: Author } | null;
}

const remover = alias(users, 'remover');

/**
 * Returns all translations of a post that the reader may see, newest first. Of a removed one only
 * its translator and moderators see the text; those of a former text that nobody can read are left out.
 */
export async function listTranslations(
  db: Db,
  postId: string,
  reader: Reader,
): Promise<ListedTranslation[]> {
  const counts = new Set((await readShown(db, [postId], HTML)).map(({ id }) => id));
  const rows = await db
    .select({
      ...columns,
      html: postTranslations.html,
      isShown: sql<number>`case when ${shownTranslation()} then 1 else 0 end`,
      removedAt: postTranslations.removedAt,
      remover: { handle: remover.handle, name: remover.name, role: remover.role },
    })
    .from(postTranslations)
    .innerJoin(postsInAnyState, eq(posts.id, postTranslations.postId))
    .leftJoin(users, eq(users.id, postTranslations.personId))
    .leftJoin(remover, eq(remover.id, postTranslations.removedById))
    .where(eq(postTranslations.postId, postId))
    .orderBy(desc(postTranslations.createdAt), desc(postTranslations.id));
  return rows.flatMap(({ isShown, removedAt, remover: by, ...row }) => {
    const own = row.person !== null && row.person.id === reader.personId;
    if (!isShown && removedAt === null && !reader.moderates) return [];
    const mayRead = Boolean(isShown) || reader.moderates || own;
    return [
      {
        ...translationOf(row),
        html: mayRead ? row.html : null,
        counts: counts.has(row.id),
        removed: removedAt === null || !by ? null : { at: removedAt, by },
      },
    ];
  });
}

/** What decides whether a post can be translated. */
interface Translatable {
  state: string;
  isOpening: boolean;
  /** The question of an article that it opens; these are translated by administrators. */
  questionNumber: number | null;
}

export function isTranslatable({ state, isOpening, questionNumber }: Translatable): boolean {
  return state === 'visible' && !(isOpening && questionNumber !== null);
}

/** True if the visitor may translate a post, or correct its translations. */
export function mayTranslate(visitor: Visitor, post: Translatable): boolean {
  return mayPost(visitor) && isTranslatable(post);
}

/** Returns a stored translation with its post, in any state; null if there is none. */
export async function findTranslation(db: Db, id: string) {
  const { personId, removedAt, removedById, language } = postTranslations;
  const { threadId, state, authorId } = posts;
  const [row] = await db
    .select({
      ...{ id: postTranslations.id, personId, removedAt, removedById, language },
      post: { id: posts.id, threadId, state, authorId },
    })
    .from(postTranslations)
    .innerJoin(postsInAnyState, eq(posts.id, postTranslations.postId))
    .where(eq(postTranslations.id, id));
  return row ?? null;
}

export type StoredTranslation = NonNullable<Awaited<ReturnType<typeof findTranslation>>>;
