import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createUser } from '~/domain/accounts/auth/create-user';
import { makeKeyPoint } from '~/domain/barriers/key-points/change';
import { rankerByWords } from '~/domain/barriers/ranking/ranker';
import { composeDigest } from '~/domain/digests/compose';
import type { DigestContent } from '~/domain/digests/content';
import { parsePeriod } from '~/domain/digests/period';
import { presentDigest } from '~/domain/digests/present';
import type { AppContext } from '~/platform/app-context';
import { siteTranslator } from '~/platform/community/site-translator';
import { LOCALE_TAGS, type Locale } from '~/platform/i18n/locales';
import { regionOf } from '~/platform/places/places';
import { parseScope } from '~/platform/places/scope';
import { keyPointPosts } from '~db/schema';
import { type Labelled, readCorpus, readLabelled, readLines } from './corpus';
import { type Checked, type Claim, claimsOf } from './digest-checks';

/*
 * What digests claim of posts together. The conversation is imported with look-alikes (each report
 * once more, word for word, by somebody else) and with denials whose authors named a kind. Digests
 * are made before anybody confirmed anything, and after a moderator confirmed the labelled groups,
 * without the look-alikes and the denials.
 */

export interface ClaimsMeasured {
  lookAlikes: number;
  denials: number;
  /** Digests made before and after. */
  digests: number;
  /** Claims where nobody confirmed anything: none may be. */
  unconfirmed: number;
  /** Claims afterwards, and those that a person stands behind: all must be. */
  confirmed: Checked;
  /** Digests with a confirmed key point, and those whose lead says in words what it is: all must. */
  leads: Checked;
  /** Words of the longest lead, by language; the aim is 60. */
  longestLead: Record<Locale, number>;
  /** Claims that likeness alone would make of the same reports, and those that the labels confirm. */
  baseline: Checked;
}

/** Lines of the import format, to be imported with the conversation: look-alikes and denials. */
export function misleadingLines(folder: string, sets: string): string[] {
  const labelled = new Set(readCorpus(folder).flatMap(({ id, gold }) => (gold.raises ? id : [])));
  const lines = readLines(join(folder, 'conversation.jsonl')) as { id: string; author: string }[];
  const alike = lines
    .filter(({ id }) => labelled.has(id))
    .map((line) => ({
      ...line,
      id: `${line.id}-alike`,
      author: `alike_${line.author}`.slice(0, 30),
      name: undefined,
      faces: [],
      replyTo: null,
    }));
  const denials = denialsIn(sets).map(({ id, language, country, body }) => ({
    ...{
      id: `denial-${id}`,
      thread: 1,
      author: `denial_${id}`.slice(0, 30),
      language,
      country,
      body,
    },
    ...{ createdAt: '2026-10-10T08:00:00Z', barriers: ['cost', 'language'] },
  }));
  return [...alike, ...denials].map((line) => JSON.stringify(line));
}

function denialsIn(sets: string): Labelled[] {
  const labelled = readLabelled(join(sets, 'contributions.jsonl'));
  return labelled.filter(({ nothing }) => nothing === 'denial');
}

/** Measures the claims of all digests of some scopes and periods; the app holds `misleadingLines`. */
export async function evaluateClaims(
  app: AppContext,
  folder: string,
  { scopes, periods }: { scopes: readonly string[]; periods: readonly string[] },
  misleading: readonly string[],
): Promise<ClaimsMeasured> {
  const corpus = readCorpus(folder);
  const before = await digestsOf(app, scopes, periods);
  await confirmGroups(app, corpus);
  const after = await digestsOf(app, scopes, periods);
  const rows = await app.db.reader.select().from(keyPointPosts);
  const confirmed = new Map(rows.map(({ postId, keyPointId }) => [postId, keyPointId]));
  const hasPerson = ({ keyPoint, sources }: Claim) =>
    keyPoint !== null && sources.every((id) => confirmed.get(id) === keyPoint);
  const claims = after.flatMap(claimsOf);
  const withPoint = after.filter(({ findings }) => findings.length > 0);
  const english = leadTeller(app, 'en');
  return {
    lookAlikes: misleading.filter((line) => line.includes('-alike"')).length,
    denials: misleading.filter((line) => line.includes('"denial-')).length,
    digests: after.length,
    unconfirmed: before.flatMap(claimsOf).length,
    confirmed: { right: claims.filter(hasPerson).length, of: claims.length },
    leads: {
      right: withPoint.filter((digest) => {
        const lead = english(digest);
        return digest.findings.some(({ texts }) => texts.some(({ title }) => lead.includes(title)));
      }).length,
      of: withPoint.length,
    },
    longestLead: Object.fromEntries(
      LOCALE_TAGS.map((locale) => {
        const tell = leadTeller(app, locale);
        return [locale, Math.max(0, ...after.map((digest) => wordsIn(tell(digest))))];
      }),
    ) as Record<Locale, number>,
    baseline: await byLikeness(corpus),
  };
}

async function digestsOf(
  { db, community }: AppContext,
  scopes: readonly string[],
  periods: readonly string[],
): Promise<DigestContent[]> {
  const made: DigestContent[] = [];
  for (const scope of scopes.flatMap((code) => parseScope(code) ?? [])) {
    for (const period of periods.flatMap((id) => parsePeriod(id) ?? [])) {
      for (const minAuthors of [1, 5]) {
        const when = { minAuthors, now: period.end, community };
        const content = await composeDigest(db.reader, scope, period, when);
        if (content) made.push(content);
      }
    }
  }
  return made;
}

/** Has a moderator make a key point of each labelled group, with the words that state it best. */
async function confirmGroups(app: AppContext, corpus: readonly Labelled[]): Promise<void> {
  const moderator = await createUser(app, {
    email: 'evaluation@example.org',
    handle: `evaluation_${randomUUID().slice(0, 8)}`,
    password: null,
    role: 'moderator',
  });
  for (const group of new Set(corpus.flatMap(({ gold }) => gold.group ?? []))) {
    const reports = corpus.filter(({ gold }) => gold.group === group);
    const [first] = reports;
    const kind = first?.gold.kinds[0];
    const region = first && (first.gold.region ?? regionOf(first.country ?? ''));
    if (!first || !kind || !region) continue;
    const title = (first.gold.key ?? first.body).slice(0, 80).trim();
    await app.db.write((tx) =>
      makeKeyPoint(tx, app.clock, moderator.id, {
        ...{ kind, region, postIds: reports.map(({ id }) => id) },
        text: { language: 'en', title, sentence: title },
      }),
    );
  }
}

/** Words as a person counts them: a dash is none. */
function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Returns what a digest leads with in a language. */
function leadTeller(
  { config, community }: AppContext,
  locale: Locale,
): (digest: DigestContent) => string {
  const i18n = siteTranslator(community, locale);
  const { siteName, origin } = config;
  const edition = {
    siteName,
    origin,
    version: 1,
    contentHash: '',
    builtAt: 0,
    publishedAt: null,
    termNames: null,
    translations: [],
  };
  return (digest) => {
    const { lead } = presentDigest(digest, new Map(), i18n, edition);
    return lead.map(({ text }) => text).join(' ');
  };
}

/** Every report with its likeliest mate: what would be claimed if likeness were enough. */
async function byLikeness(corpus: readonly Labelled[]): Promise<Checked> {
  let [right, of] = [0, 0];
  for (const report of corpus) {
    const { region } = report.gold;
    const others = corpus.filter(({ author }) => author !== report.author);
    const candidates = others.map((one) => ({
      ...{ one, region: one.gold.region },
      texts: [{ text: one.body, language: one.language }],
    }));
    const said = { text: report.body, language: report.language, region };
    const [likeliest] = await rankerByWords().mates(said, candidates, 1);
    if (!likeliest) continue;
    of += 1;
    if (report.gold.group && report.gold.group === likeliest.one.gold.group) right += 1;
  }
  return { right, of };
}

/** The claims as lines for a terminal. */
export function describeClaims(measured: ClaimsMeasured): string {
  const { lookAlikes, denials, digests, unconfirmed, confirmed, leads, baseline } = measured;
  const of = ({ right, of }: Checked) => `${right} of ${of}`;
  const longest = Object.entries(measured.longestLead).map(([locale, n]) => `${locale} ${n}`);
  return [
    `claims that posts report the same barrier (${digests} digests, with ${lookAlikes} look-alikes and ${denials} denials)`,
    `  where nobody confirmed anything     ${unconfirmed}`,
    `  by a person, where groups were confirmed  ${of(confirmed)}   by likeness alone, right ${of(baseline)}`,
    `  leads that name a confirmed key point     ${of(leads)}`,
    `  words of the longest lead                 ${longest.join(', ')} (aim: 60)`,
  ].join('\n');
}
