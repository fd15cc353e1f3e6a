import type { AppContext } from '~/platform/app-context';
import type { SiteTranslator } from '~/platform/community/site-translator';
import type { DigestContent } from './content';
import { type DigestEntry, ifUnreadable, listDigests, publishedDigest } from './digests';
import { editionOf, type PresentedQuote, presentDigest } from './present';
import { mapSections } from './sections/sections';

/** The beginning of a digest. */
export interface NewestFindings {
  /** "Western Africa, October 2026". */
  title: string;
  /** `/digests/011/2026-10`. */
  path: string;
  /** Its key points, most people first; without one its kinds of barrier. */
  findings: {
    id: string;
    path: string;
    title: string;
    /** BCP 47. */
    language: string;
    /** "4 people reported it (Ghana and Nigeria)"; of a kind "8 people". */
    said: string;
  }[];
  /** Without paragraph and context; null if none can be shown. */
  quote: PresentedQuote | null;
  /** The newest other digests. */
  others: DigestEntry[];
}

/** Number of other digests that are named. */
const OTHERS = 5;

/** Number of digests among which the one of the world is looked for. */
const LOOKED_AT = 20;

/**
 * Returns what the digest of the newest period that is over leads with, that of the world if there is
 * one; null if none is published. For loaders only.
 */
export async function newestFindings(
  app: AppContext,
  i18n: SiteTranslator,
  limit: number,
): Promise<NewestFindings | null> {
  const db = app.db.reader;
  const published = await listDigests(db, { limit: LOOKED_AT });
  const listed = published.filter(({ builtAt, period }) => builtAt >= period.end);
  const newest = listed.filter(({ period }) => period.end === listed[0]?.period.end);
  const entry = newest.find(({ scope }) => scope === 'world') ?? newest[0];
  if (!entry) return null;
  const digest = await publishedDigest(db, entry.scope, entry.period.id, {
    part: (content) => beginning(content, limit),
  }).catch(ifUnreadable);
  if (!digest) return null;
  const { content, visible } = digest;
  const said = presentDigest(content, visible, i18n.utc, editionOf(app, digest));
  const points = said.findings.map(({ id, path, title, lang, sentences }) => ({
    ...{ id, path, title, language: lang },
    said: sentences[0]?.text ?? '',
  }));
  const kinds = said.barriers.map(({ kind, heading, count }) => ({
    ...{ id: kind, path: `${said.path}#${kind}`, title: heading, language: i18n.locale },
    said: count,
  }));
  const [quote] = [...said.findings.flatMap(({ quotes }) => quotes), ...said.leadQuotes];
  return {
    title: said.title,
    path: said.path,
    findings: points.length > 0 ? points : kinds,
    quote: quote ? { ...quote, paragraph: null, context: [] } : null,
    others: listed.filter(({ id }) => id !== entry.id).slice(0, OTHERS),
  };
}

/** Only what is shown of it: each source is checked at each view, and a digest has hundreds. */
function beginning(content: DigestContent, limit: number): DigestContent {
  const quotes = <One extends { quotes: unknown[] }>(one: One): One => ({
    ...one,
    quotes: one.quotes.slice(0, 1),
  });
  return {
    ...content,
    ...mapSections(content, () => []),
    lead: [],
    findings: content.findings.slice(0, limit).map((finding) => ({
      ...quotes(finding),
      statements: finding.statements.slice(0, 1),
    })),
    changes: [],
    barriers:
      content.findings.length > 0
        ? []
        : content.barriers.slice(0, limit).map((one) => ({ ...quotes(one), statements: [] })),
    places: [],
    missing: [],
  };
}
