import type { AppContext } from '~/platform/app-context';
import { findValue } from '~/platform/installation-values';
import { settings } from '~db/schema';
import seedData from '~db/seed/questions.json';
import { type ConversationReport, storeConversation } from './store-conversation';

/** The id of the conversation that a new site begins with. */
const FIRST_CONVERSATION = 'c1';

/** Creates the first conversation with its questions. Repeating it creates nothing twice. */
export async function seed(app: AppContext): Promise<ConversationReport> {
  const { title, sourceUrl: link, language, questions } = seedData;
  const result = await storeConversation(
    app,
    {
      ...{ title, link, language, author: null, date: null },
      ...{ summaryPoints: [], introduction: null, pillars: [], glossary: [] },
      questions: questions.map(({ number, title: text, slug, introduction, pillars }) => {
        return { number, text, slug, introduction, pillars, id: `q${number}` };
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
  return result;
}

/** Seeds a new database once: threads that an operator has removed since are not created again. */
export async function seedOnce(app: AppContext): Promise<ConversationReport | null> {
  if ((await findValue(app.db.reader, 'seeded')) !== null) return null;
  return seed(app);
}
