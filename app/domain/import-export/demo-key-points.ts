import { type Person, visitorOf } from '~/domain/accounts/users/visitor';
import { addPosts, makeKeyPoint, renameKeyPoint } from '~/domain/barriers/key-points/change';
import { setStance } from '~/domain/barriers/key-points/stances';
import type { BarrierKind } from '~/domain/community/vocabularies';
import { postsInAnyState } from '~/domain/forum/visibility';
import type { AppContext } from '~/platform/app-context';
import { DAY } from '~/platform/clock';
import type { Locale } from '~/platform/i18n/locales';
import type { RegionCode } from '~/platform/places/places';
import { posts } from '~db/schema';
import type { Stance } from '~db/schema/evidence';
import file from '~db/seed/demo/key-points.json';
import { at, demoPerson } from './demo-desk';

interface DemoKeyPoint {
  kind: BarrierKind;
  region: RegionCode;
  /** Two or more. */
  posts: string[];
  /** By language. */
  texts: Partial<Record<Locale, [title: string, sentence: string]>>;
  /** Handles. */
  stances: Partial<Record<Stance, string[]>>;
}

interface Step {
  /** UTC epoch milliseconds. */
  time: number;
  take: (then: AppContext) => Promise<unknown>;
}

/**
 * Confirms the demo's key points as a moderator would have done: each a day after its second report,
 * later reports a day after they were written; others take a stance the day after.
 */
export async function confirmKeyPoints(app: AppContext, moderator: Person): Promise<void> {
  const rows = await app.db.reader
    .select({ id: posts.id, time: posts.createdAt })
    .from(postsInAnyState);
  const written = new Map(rows.map(({ id, time }) => [id, time]));
  const steps = (file as DemoKeyPoint[]).flatMap((point) => stepsOf(point, written, moderator));
  for (const { time, take } of steps.sort((a, b) => a.time - b.time)) await take(at(app, time));
}

function stepsOf(
  { kind, region, posts: ids, texts, stances }: DemoKeyPoint,
  written: ReadonlyMap<string, number>,
  moderator: Person,
): Step[] {
  const nextDay = (id: string | undefined) => (written.get(id ?? '') ?? 0) + DAY;
  const sorted = [...ids].sort((a, b) => nextDay(a) - nextDay(b));
  const [first, later] = [sorted.slice(0, 2), sorted.slice(2)];
  let keyPointId = '';
  const make: Step = {
    time: nextDay(first.at(-1)),
    take: ({ db, clock }) =>
      db.write(async (tx) => {
        const point = { kind, region, postIds: first };
        keyPointId = await makeKeyPoint(tx, clock, moderator.id, point);
        for (const [language, [title, sentence]] of Object.entries(texts)) {
          const words = { language: language as Locale, title, sentence };
          await renameKeyPoint(tx, clock, moderator.id, { keyPointId, ...words });
        }
      }),
  };
  const add = later.map(
    (id): Step => ({
      time: nextDay(id),
      take: ({ db, clock }) =>
        db.write((tx) => addPosts(tx, clock, moderator.id, { keyPointId, postIds: [id] })),
    }),
  );
  const take = Object.entries(stances).flatMap(([stance, handles]) =>
    handles.map(
      (handle): Step => ({
        time: nextDay(sorted.at(-1)) + DAY,
        take: async (then) => {
          const now = then.clock.now();
          // Imported people have no email address to confirm.
          const person = { ...(await demoPerson(then, handle)), confirmedAt: now };
          const taken = { stance: stance as Stance, country: null };
          await setStance(then, visitorOf(person, now), keyPointId, taken);
        },
      }),
    ),
  );
  return [make, ...add, ...take];
}
