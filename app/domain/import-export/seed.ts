import { eq } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import { settings } from '~db/schema';
import seedData from '~db/seed/questions.json';
import { questionKey } from './blog-post/question-key';
import { type MadeThreads, makeQuestionThreads } from './question-threads';

/** Creates the threads of the five questions. Repeating it creates nothing twice. */
export async function seed(app: AppContext): Promise<MadeThreads> {
  const result = await makeQuestionThreads(
    app,
    seedData.questions.map((question) => ({
      id: `q${question.number}`,
      sourceKey: questionKey(question.title),
      sourceUrl: seedData.sourceUrl,
      number: question.number,
      slug: question.slug,
      title: question.title,
      introduction: question.introduction,
      language: seedData.language,
      pillars: question.pillars,
      state: 'open',
    })),
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
export async function seedOnce(app: AppContext): Promise<MadeThreads | null> {
  const [seeded] = await app.db.reader.select().from(settings).where(eq(settings.name, 'seeded'));
  if (seeded) return null;
  return seed(app);
}
