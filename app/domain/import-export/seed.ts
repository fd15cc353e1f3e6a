import { conversationById } from '~/domain/forum/conversations/conversations';
import {
  type OriginalText,
  originalTexts,
  textKey,
} from '~/domain/forum/conversations/translations';
import { questionsOf } from '~/domain/forum/threads/threads';
import { storeTranslations } from '~/domain/publishing/translate';
import type { AppContext } from '~/platform/app-context';
import { findValue, putValue } from '~/platform/installation-values';
import { settings } from '~db/schema';
import seedTranslations from '~db/seed/question-translations.json';
import seedData from '~db/seed/questions.json';
import { type ConversationReport, storeConversation } from './store-conversation';

/** The id of the conversation that a new site begins with. */
export const FIRST_CONVERSATION = 'c1';

/** The setting that says that the seed's translations were stored: that is done once. */
const TRANSLATED = 'questions-translated';

const threadId = (number: number) => `q${number}`;

/** Creates the first conversation with its questions. Repeating it creates nothing twice. */
export async function seed(app: AppContext): Promise<ConversationReport> {
  const { title, sourceUrl: link, language, questions } = seedData;
  const result = await storeConversation(
    app,
    {
      ...{ title, link, language, author: null, date: null },
      ...{ summaryPoints: [], introduction: null, pillars: [], glossary: [] },
      questions: questions.map(({ number, title: text, slug, introduction, pillars }) => {
        return { number, text, slug, introduction, pillars, id: threadId(number) };
      }),
    },
    { publish: true, id: FIRST_CONVERSATION },
  );
  await app.db.write((tx) =>
    tx
      .insert(settings)
      .values({ name: 'seeded', value: String(app.clock.now()) })
      .onConflictDoNothing(),
  );
  await translateQuestions(app);
  return result;
}

/**
 * Seeds a new database once: threads that an operator has removed since are not created again. A
 * site from before there were translations gets them.
 */
export async function seedOnce(app: AppContext): Promise<ConversationReport | null> {
  if ((await findValue(app.db.reader, 'seeded')) === null) return seed(app);
  await translateQuestions(app);
  return null;
}

/** Stores, once, the seed's translations of those of its texts that the site has not changed. */
async function translateQuestions(app: AppContext): Promise<void> {
  const { reader } = app.db;
  if ((await findValue(reader, TRANSLATED)) !== null) return;
  const conversation = await conversationById(reader, FIRST_CONVERSATION);
  if (conversation) {
    const all = { personId: null, moderates: true };
    const questions = await questionsOf(reader, conversation.id, all);
    const texts = await originalTexts(reader, conversation, questions);
    const wanted = Object.entries(seedTranslations).flatMap(([language, translated]) => {
      const textOf = new Map(seedTexts(translated).map((text) => [textKey(text), text.text]));
      return unchanged(texts).flatMap((of) => {
        const text = textOf.get(textKey(of));
        return text ? [{ of, language, text }] : [];
      });
    });
    await storeTranslations(app, null, wanted);
  }
  await app.db.write((tx) => putValue(tx, TRANSLATED, String(app.clock.now())));
}

/** Those of the texts that are still as in the seed. */
function unchanged(texts: readonly OriginalText[]): OriginalText[] {
  const original = new Map(seedTexts(seedData).map((text) => [textKey(text), text.text]));
  return texts.filter((text) => original.get(textKey(text)) === text.text);
}

/** Returns the texts of the seed in a language, by what they are texts of. */
function seedTexts({
  title,
  questions,
}: {
  title: string;
  questions: readonly { title: string; introduction: string }[];
}): Pick<OriginalText, 'subject' | 'subjectId' | 'field' | 'text'>[] {
  return [
    { subject: 'conversation', subjectId: FIRST_CONVERSATION, field: 'title', text: title },
    ...questions.flatMap((question, at) => {
      const of = { subject: 'thread' as const, subjectId: threadId(at + 1) };
      return [
        { ...of, field: 'title' as const, text: question.title },
        { ...of, field: 'prompt' as const, text: question.introduction },
      ];
    }),
  ];
}
