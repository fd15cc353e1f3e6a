import { asOneLine } from '~/domain/barriers/quoting/spans';
import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import { pathTo } from '~/platform/paths';
import { linkSecret } from '~/platform/secrets/link-secret';
import type { Db } from '~db/client';
import { objectionUntil } from './announce';
import type { DigestContent } from './content';
import { type Quoting, quotingDigests } from './disputes';
import { disputedPosts } from './errata';
import { objectionToken } from './objection-token';
import { digestTitle, findingText } from './present';
import { versionPath } from './present-edition';
import { refOf } from './quote-slots';
import { sectionsOf } from './sections/sections';
import { signatureOf, signatureText } from './signature';
import { publicPosts, readSigners } from './verify';

/** Words of a post that digests quote, as their author is told of them. */
export interface QuotedWords {
  text: string;
  /** BCP 47. */
  language: string;
  /** "Meena, in health or social care, India, 2 October 2026". */
  signature: string;
  /** Where they stand: "Western Africa, October 2026", under "Language". */
  in: { title: string; under: string; path: string | null }[];
}

/** What the author of a post is told, and what they can do. */
export interface QuotedPost {
  words: QuotedWords[];
  /** The path of the page with the one-press objection. */
  object: string;
  /** Until when one press is enough, UTC ms; null if it is not, or not any more. */
  until: number | null;
  /** True if the post is not quoted any more, at its author's wish. */
  objected: boolean;
  /** True if the post itself is public. */
  shown: boolean;
}

/** Returns what the author of a post is told of its quotes, in drafts that were announced too. */
export async function quotedPost(
  app: AppContext,
  i18n: SiteTranslator,
  postId: string,
): Promise<QuotedPost> {
  const db = app.db.reader;
  const until = await objectionUntil(db, app, postId);
  return {
    words: await wordsOf(db, i18n, postId),
    object: pathTo('/quotes/:token', { token: objectionToken(await linkSecret(app), postId) }),
    until: until !== null && app.clock.now() < until ? until : null,
    objected: (await disputedPosts(db)).has(postId),
    shown: (await publicPosts(db, [postId])).has(postId),
  };
}

async function wordsOf(db: Db, i18n: SiteTranslator, postId: string): Promise<QuotedWords[]> {
  const signer = (await readSigners(db, [postId])).get(postId);
  const words = new Map<string, QuotedWords>();
  for (const digest of await quotingDigests(db, postId)) {
    if (digest.withdrawn) continue;
    const under = headingsOf(digest.content, i18n);
    for (const quote of digest.quotes) {
      const text = asOneLine(quote.text);
      const date = i18n.day(quote.createdAt);
      const known = words.get(text) ?? {
        text,
        language: quote.language,
        signature: signatureText(i18n, { ...signatureOf(quote, signer, i18n), date }),
        in: [],
      };
      known.in.push({ ...placeOf(digest, i18n), under: under.get(refOf(quote)) ?? '' });
      words.set(text, known);
    }
  }
  return [...words.values()];
}

function placeOf({ scope, period, version, state }: Quoting, i18n: SiteTranslator) {
  return {
    title: digestTitle(i18n, scope, period),
    path: state === 'published' ? versionPath(scope, period, version) : null,
  };
}

/** Returns the heading that each quote stands under, by `refOf`. */
function headingsOf(content: DigestContent, i18n: SiteTranslator): Map<string, string> {
  const { t } = i18n;
  // Words of a post whose state is not known here are not shown.
  const none = new Map<string, null>();
  const headings = new Map<string, string>();
  for (const finding of content.findings) {
    const { title } = findingText(finding, none, i18n);
    for (const quote of finding.quotes) headings.set(refOf(quote), title);
  }
  for (const { kind, quotes } of content.barriers) {
    for (const quote of quotes) headings.set(refOf(quote), i18n.name('barrier', kind));
  }
  for (const { section, stored } of sectionsOf(content)) {
    for (const { quote } of section.voices(stored)) headings.set(refOf(quote), t(section.title));
  }
  return headings;
}
