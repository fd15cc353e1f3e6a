import { and, asc, eq, gte } from 'drizzle-orm';
import type { AppContext } from '~/platform/app-context';
import type { Community } from '~/platform/community/community';
import { forEachApart, type ItemError } from '~/platform/errors';
import { ancestors, regionOf, WORLD } from '~/platform/places/places';
import type { Scope } from '~/platform/places/scope';
import type { Db } from '~db/client';
import {
  digestPlans,
  digests,
  subscriptionPillars,
  subscriptionScopes,
  subscriptions,
} from '~db/schema';
import { type Contribution, readContributions } from './contributions';
import { type DigestKey, parseDigestKey, topicOf } from './digest-key';
import { draftIfWorthSending } from './digests';
import { lastCompletePeriod, type Period, type PeriodKind, parsePeriod } from './period';

/** The order of drafts for periods that ended at the same time. */
const KINDS: PeriodKind[] = ['week', 'month', 'quarter'];

type Plan = typeof digestPlans.$inferSelect;

/** Number of drafts made in one run, so that the server stays responsive. */
const A_ROUND = 3;

/**
 * Scheduled drafts, as a background job: when a week, month or quarter ends, it plans drafts for
 * the world and for each region and country with a reported barrier, also combined with the pillars
 * that subscribers of that place chose. Each run then makes a few of them. Drafts and published
 * digests that counted the whole period are not changed; of others there is a new draft, because
 * what counts half a period is not emailed. Places with too few people, even with earlier thin periods,
 * get no digest: their contributions carry over to the next period, and count in larger places and
 * longer periods.
 */
export async function draftDueDigests(
  app: AppContext,
): Promise<{ drafted: number; errors: ItemError[] }> {
  for (const kind of KINDS) await plan(app, lastCompletePeriod(app.clock.now(), kind));
  const due = await app.db.reader
    .select({ period: digestPlans.period, scope: digestPlans.scope })
    .from(digestPlans)
    .where(eq(digestPlans.state, 'due'))
    .orderBy(asc(digestPlans.changedAt), asc(digestPlans.period), asc(digestPlans.scope))
    .limit(A_ROUND);
  let drafted = 0;
  const { failed, errors } = await forEachApart(
    due,
    ({ period, scope }) => `draft of ${scope} in ${period}`,
    async (plan) => {
      const state = await draft(app, plan.scope, plan.period);
      if (state === 'drafted') drafted += 1;
      await update(app, plan, { state });
    },
  );
  // Moved to the end of the queue, so that they do not block the others.
  for (const plan of failed) await update(app, plan, {});
  return { drafted, errors };
}

function update(
  { db, clock }: AppContext,
  { period, scope }: Pick<Plan, 'period' | 'scope'>,
  change: Partial<Plan>,
) {
  return db.write((tx) =>
    tx
      .update(digestPlans)
      .set({ ...change, changedAt: clock.now() })
      .where(and(eq(digestPlans.period, period), eq(digestPlans.scope, scope))),
  );
}

async function draft(app: AppContext, scope: string, period: string) {
  const [known] = await app.db.reader
    .select({ id: digests.id })
    .from(digests)
    .where(
      and(
        eq(digests.scope, scope),
        eq(digests.period, period),
        gte(digests.builtAt, digests.periodEnd),
      ),
    )
    .limit(1);
  if (known) return 'kept';
  const [place, time] = [parseDigestKey(scope), parsePeriod(period)];
  if (!place || !time) throw new Error(`a digest of ${scope} in ${period} is planned`);
  return (await draftIfWorthSending(app, place, time)) ? 'drafted' : 'thin';
}

/** Plans the drafts of a period once: the row of the world shows that it is done. */
async function plan({ db, clock, community }: AppContext, period: Period): Promise<void> {
  const [done] = await db.reader
    .select({ scope: digestPlans.scope })
    .from(digestPlans)
    .where(and(eq(digestPlans.period, period.id), eq(digestPlans.scope, 'world')));
  if (done) return;
  const scopes = await scopesWith(db.reader, period);
  const crossed = await topicsAskedFor(db.reader, community, new Set(scopes));
  const facts = { period: period.id, state: 'due' as const, changedAt: clock.now() };
  const rows = [...scopes, ...crossed].map((scope) => ({ ...facts, scope }));
  await db.write((tx) => tx.insert(digestPlans).values(rows).onConflictDoNothing());
}

/** Returns all scopes in which a barrier was reported, and always the world. */
async function scopesWith(db: Db, period: Period): Promise<Scope[]> {
  const contributions = await readContributions(db, 'world', period);
  return [...new Set(['world', ...contributions.flatMap(scopesOf)])].toSorted();
}

/**
 * Returns these places combined with pillars, if a subscriber asks for both: nobody would read all
 * of the roughly 1,200 combinations.
 */
async function topicsAskedFor(
  db: Db,
  community: Community,
  places: ReadonlySet<string>,
): Promise<DigestKey[]> {
  const rows = await db
    .selectDistinct({ scope: subscriptionScopes.scope, pillar: subscriptionPillars.pillar })
    .from(subscriptionScopes)
    .innerJoin(
      subscriptionPillars,
      eq(subscriptionPillars.subscriptionId, subscriptionScopes.subscriptionId),
    )
    .innerJoin(subscriptions, eq(subscriptions.id, subscriptionScopes.subscriptionId))
    .where(eq(subscriptions.state, 'active'));
  return rows
    .flatMap(({ scope, pillar }) =>
      community.isPillar(pillar) && places.has(scope) ? topicOf({ scope, pillar }) : [],
    )
    .toSorted();
}

/** Returns the scopes of a contribution: its country, its regions, and the world. */
function scopesOf({ country, region }: Pick<Contribution, 'country' | 'region'>): Scope[] {
  const narrow = country ? regionOf(country) : region;
  const regions = narrow ? [narrow, ...ancestors(narrow)] : [];
  return [...new Set(['world', ...regions, ...(country ? [country] : [])])].filter(
    (code) => code !== WORLD,
  );
}
