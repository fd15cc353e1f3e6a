import { and, asc, eq, inArray } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import { barrierQuotesOf, type DigestContent } from '~/domain/digests/content';
import { parseDigestKey, pillarOf } from '~/domain/digests/digest-key';
import { publishedDigest, type ReadableDigest } from '~/domain/digests/digests';
import {
  digestPath,
  digestTitle,
  type PresentedBarrier,
  type PresentedDigest,
  presentDigest,
  whyNotEmailed,
} from '~/domain/digests/present';
import type { AppContext } from '~/platform/app-context';
import { type SiteTranslator, siteTranslator } from '~/platform/community/site-translator';
import type { MailContent } from '~/platform/mail/outbox';
import { placeInSentence } from '~/platform/places/names';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { deliveries, digestPlans, digests, postPillars } from '~db/schema';

import { findSubscription, type Subscription } from './subscriptions';
import { subscriptionLinks } from './tokens';
import { type DigestMail, type MailedDigest, writeDigestMail } from './write-digest-mail';

/**
 * Composes a digest email at the moment of sending: the newest version of each digest, unless
 * it says that it is not emailed, without posts that may no longer be shown. Null if the subscriber has
 * unsubscribed or nothing is left.
 */
export async function composeDigestMail(
  app: AppContext,
  mailId: string,
): Promise<MailContent | null> {
  const db = app.db.reader;
  const due = await db
    .select({
      subscriptionId: deliveries.subscriptionId,
      scope: digests.scope,
      period: digests.period,
    })
    .from(deliveries)
    .innerJoin(digests, eq(digests.id, deliveries.digestId))
    .where(eq(deliveries.mailId, mailId))
    .orderBy(asc(digests.periodStart), asc(digests.scope));
  const [first] = due;
  const reader = first && (await findSubscription(db, first.subscriptionId));
  if (!reader?.email || reader.state !== 'active') return null;

  const found: ReadableDigest[] = [];
  for (const { scope, period } of due) {
    const topic = parseDigestKey(scope);
    const digest = topic && (await publishedDigest(db, topic, period));
    if (digest && whyNotEmailed(digest.content, digest) === null) found.push(digest);
  }
  if (found.length === 0) return null;
  const { latest, earlier } = withoutStale(found);
  const i18n = siteTranslator(app.community, reader.language);
  const secret = await linkSecret(app);
  const links = subscriptionLinks(app.config.origin, secret, reader.id);
  const mail: DigestMail = {
    siteName: app.config.siteName,
    origin: app.config.origin,
    digests: await Promise.all(latest.map((digest) => presented(app, i18n, digest, reader))),
    earlier: earlier.map(({ scope, period }) => ({
      title: digestTitle(i18n, scope, period.id),
      path: digestPath(scope, period.id),
    })),
    tooFew: await placesWithTooFew(db, reader, due),
    manage: links.manage,
    leave: links.oneClick,
  };
  return {
    ...writeDigestMail(i18n, mail),
    headers: { 'Content-Language': i18n.locale },
    list: { name: 'digests', unsubscribe: links.oneClick },
  };
}

/**
 * If an email waited so long that the next period of a topic was added, only the newest is included
 * and the earlier ones are listed. Topics with a pillar, which the subscriber chose, come first.
 */
function withoutStale(found: ReadableDigest[]) {
  const ofKind = ({ scope, period }: ReadableDigest) => `${scope} ${period.kind}`;
  const newest = new Map(found.map((digest) => [ofKind(digest), digest]));
  const rank = ({ scope }: ReadableDigest) => (pillarOf(scope) ? 0 : 1);
  return {
    latest: [...newest.values()].toSorted((a, b) => rank(a) - rank(b)),
    earlier: found.filter((digest) => newest.get(ofKind(digest)) !== digest),
  };
}

/** Cached: a digest in one language is the same for all until a source is withdrawn. */
const said = new WeakMap<SiteTranslator, LRUCache<string, PresentedDigest>>();
const MOST_SAID = 60;

function sayDigest(
  { config }: AppContext,
  i18n: SiteTranslator,
  digest: ReadableDigest,
): PresentedDigest {
  const { siteName, origin } = config;
  const gone = digest.errata.filter(({ restoredAt }) => restoredAt === null);
  const key = [
    ...[origin, siteName, digest.id, digest.contentHash],
    ...gone.map(({ postId }) => postId),
    // Names and translations are those of the moment.
    JSON.stringify([...digest.visible.values()].filter((signer) => signer !== null)),
    JSON.stringify(digest.translations),
  ].join(' ');
  const ofLanguage = said.get(i18n) ?? new LRUCache<string, PresentedDigest>({ max: MOST_SAID });
  said.set(i18n, ofLanguage);
  const known = ofLanguage.get(key);
  if (known) return known;
  const fresh = presentDigest(digest.content, digest.visible, i18n, {
    ...digest,
    siteName,
    origin,
  });
  ofLanguage.set(key, fresh);
  return fresh;
}

async function presented(
  app: AppContext,
  i18n: SiteTranslator,
  digest: ReadableDigest,
  { pillars }: Subscription,
): Promise<MailedDigest> {
  const { note } = digest;
  const said = sayDigest(app, i18n, digest);
  if (pillars.length === 0) return { ...said, note };
  const touching = await kindsTouching(app.db.reader, digest.content, pillars);
  const rank = ({ kind }: PresentedBarrier) => (touching.has(kind) ? 0 : 1);
  return { ...said, note, barriers: said.barriers.toSorted((a, b) => rank(a) - rank(b)) };
}

/** Returns the places without a digest for these periods, because too few people wrote. */
async function placesWithTooFew(
  db: Db,
  { scopes, language }: Subscription,
  due: readonly { period: string }[],
): Promise<string[]> {
  const periods = [...new Set(due.map(({ period }) => period))];
  const rows = await db
    .selectDistinct({ scope: digestPlans.scope })
    .from(digestPlans)
    .where(
      and(
        eq(digestPlans.state, 'thin'),
        inArray(digestPlans.scope, scopes),
        inArray(digestPlans.period, periods),
      ),
    )
    .orderBy(asc(digestPlans.scope));
  return rows.map(({ scope }) => placeInSentence(scope, language));
}

/** Returns the kinds in a digest with a quote about one of the pillars. */
async function kindsTouching(
  db: Db,
  content: DigestContent,
  pillars: Pillar[],
): Promise<Set<BarrierKind>> {
  const quoted = barrierQuotesOf(content).map(({ postId }) => postId);
  const rows = await db
    .select({ postId: postPillars.postId })
    .from(postPillars)
    .where(and(inArray(postPillars.postId, quoted), inArray(postPillars.pillar, pillars)));
  const about = new Set(rows.map(({ postId }) => postId));
  const touching = content.barriers.filter(({ quotes }) =>
    quotes.some(({ postId }) => about.has(postId)),
  );
  return new Set(touching.map(({ kind }) => kind));
}
