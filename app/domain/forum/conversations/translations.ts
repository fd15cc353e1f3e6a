import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { postsInAnyState } from '~/domain/forum/visibility';
import { originalKey } from '~/platform/community/community';
import { idsOf } from '~/platform/ids';
import { isInLanguage } from '~/platform/languages/tags';
import { excerpt } from '~/platform/markdown/plain-text';
import type { Db } from '~db/client';
import { posts, translations, users } from '~db/schema';
import type { TranslatedField, TranslatedSubject } from '~db/schema/community';
import { narrowReads, ofThread } from '~db/tracked-reads';
import type { Conversation } from './conversations';

/*
 * What conversations and their questions say in other languages. Titles are part of the community
 * (`Community.titled`), because every list shows them; other texts are read here. Ask only about
 * what the reader may read: a translation is as visible as its original.
 */

/** A text of the site, which can be translated. */
export interface OriginalText {
  subject: TranslatedSubject;
  subjectId: string;
  field: TranslatedField;
  text: string;
  /** BCP 47. */
  language: string;
}

/** A text that is shown, in its language (BCP 47). */
export interface ShownText {
  text: string;
  language: string;
}

export type StoredTranslation = typeof translations.$inferSelect;

/** Returns the name of a text, unique within its conversation; also that of its form field. */
export function textKey(of: Pick<OriginalText, 'subject' | 'subjectId' | 'field'>): string {
  return `${of.subject}.${of.subjectId}.${of.field}`;
}

/** Returns the translations into one language or all: of each text the newest that is not undone. */
export async function translationsOf(
  db: Db,
  subject: TranslatedSubject,
  ids: readonly string[],
  language?: string,
): Promise<StoredTranslation[]> {
  const rows = await db
    .select()
    .from(translations)
    .where(
      and(
        eq(translations.subject, subject),
        inArray(translations.subjectId, [...ids]),
        isNull(translations.undoneAt),
        language ? eq(translations.language, language) : undefined,
      ),
    )
    .orderBy(asc(translations.at), asc(translations.id));
  const newest = new Map(rows.map((row) => [`${textKey(row)} ${row.language}`, row]));
  return [...newest.values()].filter(({ text }) => text !== '');
}

/** True for a translation of what a text says now into a language that is not its own. */
function translatesNow(
  { original, language }: StoredTranslation,
  of: { text: string; language: string } | undefined,
): boolean {
  return (
    of !== undefined && original === originalKey(of.text) && !isInLanguage(of.language, language)
  );
}

/** Returns the titles of a thread in its other languages, without those of an older title. */
export async function translatedTitles(
  db: Db,
  thread: { id: string; title: string; language: string },
): Promise<string[]> {
  const of = { text: thread.title, language: thread.language };
  const stored = await translationsOf(db, 'thread', [thread.id]);
  return stored
    .filter((one) => one.field === 'title' && translatesNow(one, of))
    .map(({ text }) => text);
}

/** The opening post of a question in another language; `html` is safe. */
interface TranslatedPrompt {
  threadId: string;
  html: string;
  language: string;
}

/** Returns the opening post of a question in a language; null if that is missing or out of date. */
export async function promptIn(
  db: Db,
  threadId: string,
  language: string,
): Promise<(TranslatedPrompt & { excerpt: string }) | null> {
  return narrowReads(ofThread(threadId), async () => {
    const [found] = await translatedPrompts(db, [threadId], language);
    return found ? { ...found, excerpt: excerpt(found.html) } : null;
  });
}

/** Returns the opening posts of questions in one language or all, without those that are out of date. */
export async function translatedPrompts(
  db: Db,
  threadIds: readonly string[],
  language?: string,
): Promise<TranslatedPrompt[]> {
  if (threadIds.length === 0) return [];
  const stored = await translationsOf(db, 'thread', threadIds, language);
  const found = stored.filter(({ field }) => field === 'prompt');
  if (found.length === 0) return [];
  const prompts = await promptsOf(db, threadIds);
  const original = new Map(
    prompts.map(({ threadId, body, language }) => [threadId, { text: body, language }]),
  );
  return found
    .filter((one) => translatesNow(one, original.get(one.subjectId)))
    .map(({ subjectId: threadId, html, language }) => ({ threadId, html, language }));
}

/** Returns introduction and summary of a conversation in a language, each else as it is. */
export async function articleIn(
  db: Db,
  conversation: Conversation,
  language: string,
): Promise<Record<'introduction' | 'summary', ShownText>> {
  const { id } = conversation;
  const stored = await translationsOf(db, 'conversation', [id], language);
  const shown = (name: 'introduction' | 'summary'): ShownText => {
    const original = articleText(conversation, name);
    const found = stored.find((one) => one.field === name && translatesNow(one, original));
    return found
      ? { text: found.text, language }
      : { text: original.text, language: original.language };
  };
  return { introduction: shown('introduction'), summary: shown('summary') };
}

/** Returns all texts of a conversation and its questions that can be translated, in order. */
export async function originalTexts(
  db: Db,
  conversation: Conversation,
  questions: readonly { id: string; title: string; language: string }[],
): Promise<OriginalText[]> {
  const { id, title, language } = conversation;
  const prompts = await promptsOf(db, idsOf(questions));
  const promptOf = new Map(prompts.map((one) => [one.threadId, one]));
  const all: OriginalText[] = [
    { subject: 'conversation', subjectId: id, field: 'title', text: title, language },
    articleText(conversation, 'introduction'),
    articleText(conversation, 'summary'),
    ...questions.flatMap((question): OriginalText[] => {
      const of = { subject: 'thread', subjectId: question.id } as const;
      const prompt = promptOf.get(question.id);
      return [
        { ...of, field: 'title', text: question.title, language: question.language },
        {
          ...{ ...of, field: 'prompt', text: prompt?.body ?? '' },
          language: prompt?.language ?? question.language,
        },
      ];
    }),
  ];
  return all.filter(({ text }) => text !== '');
}

/** A stored translation, also one that was undone or replaced. */
export interface ListedTranslation extends StoredTranslation {
  /** The handle of its writer; null where it is not known. */
  by: string | null;
}

/** Returns the newest translations of a conversation and its questions, newest first. */
export async function listTranslations(
  db: Db,
  conversationId: string,
  questionIds: readonly string[],
  { language, limit }: { language: string; limit: number },
): Promise<ListedTranslation[]> {
  const rows = await db
    .select({ row: translations, by: users.handle })
    .from(translations)
    .leftJoin(users, and(eq(users.id, translations.personId), isNull(users.erasedAt)))
    .where(
      and(
        inArray(translations.subjectId, [conversationId, ...questionIds]),
        eq(translations.language, language),
      ),
    )
    .orderBy(desc(translations.at), desc(translations.id))
    .limit(limit);
  return rows.map(({ row, by }) => ({ ...row, by }));
}

/** The points of a summary are the lines of a text. */
function articleText(
  { id, language, introduction, summaryPoints }: Conversation,
  field: 'introduction' | 'summary',
): OriginalText {
  const text = field === 'introduction' ? (introduction ?? '') : summaryPoints.join('\n');
  return { subject: 'conversation', subjectId: id, field, text, language };
}

/** Returns the opening posts of threads; ask only for threads that the reader may read. */
function promptsOf(db: Db, threadIds: readonly string[]) {
  const { threadId, body, language } = posts;
  return db
    .select({ threadId, body, language })
    .from(postsInAnyState)
    .where(and(inArray(threadId, [...threadIds]), eq(posts.isOpening, true)));
}
