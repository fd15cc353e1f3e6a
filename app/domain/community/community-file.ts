import { z } from 'zod';
import type { AppContext } from '~/platform/app-context';
import {
  Community,
  NO_TEXT,
  originalLanguage,
  storedTexts,
  type Term,
  type TermText,
  VOCABULARIES,
  type Vocabulary,
  vocabulariesOf,
} from '~/platform/community/community';
import { loadCommunity } from '~/platform/community/current-community';
import { GLYPH_NAMES } from '~/platform/community/glyphs';
import { LOOK_COLOURS } from '~/platform/community/look-colours';
import { TEXT_SLUGS } from '~/platform/community/texts';
import { readLanguage } from '~/platform/languages/tags';
import { pathTo } from '~/platform/paths';
import { DEFAULT_SETTINGS, SETTINGS, type SiteSettings } from '~/platform/site-settings';
import type { Db } from '~db/client';
import {
  changeVocabulary,
  LONGEST_TEXT,
  putOrder,
  type VocabularyChange,
} from './change-vocabulary';
import { INDUSTRIES } from './vocabularies';

/*
 * A community as one file: its vocabularies in order, with all their languages, its texts and its
 * settings, and no people and no posts. `docs/community.schema.json` is generated from this schema;
 * db/seed/community.json is such a file.
 */

const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be letters a to z, digits and single "-"')
  .describe('Part of links; never changes');

const text = z.strictObject({
  name: z.string().min(1).max(LONGEST_TEXT.name),
  short: z
    .string()
    .max(LONGEST_TEXT.short)
    .optional()
    .describe('The name where there is little room'),
  description: z.string().max(LONGEST_TEXT.description).optional(),
  examples: z.string().max(LONGEST_TEXT.examples).optional(),
});

const language = z
  .string()
  .refine((tag) => readLanguage(tag) === tag, 'is not a BCP 47 language tag');

const description = z.string().min(1).max(LONGEST_TEXT.description);

const state = z.enum(['active', 'retired']).optional().describe('retired: no longer offered');

const term = z.strictObject({
  slug,
  glyph: z.enum(GLYPH_NAMES).optional().describe('The name of an icon; topics only'),
  colour: z.enum(LOOK_COLOURS).optional().describe('The name of a colour; topics only'),
  state: z
    .enum(['active', 'retired', 'merged'])
    .optional()
    .describe('retired: kept on posts and no longer offered; merged: see mergedInto'),
  mergedInto: slug.optional().describe('The term that took this one over'),
  texts: z.record(language, text).describe('By language, BCP 47'),
});

const phrases = z.array(z.string().min(1).max(200)).max(5000);

const cueWords = z
  .strictObject({ barrier: phrases, topic: phrases, hint: phrases })
  .describe('Phrases by strength, as db/seed/lexicon/README.md explains');

const barrier = term.extend({
  cues: z
    .record(language, cueWords)
    .optional()
    .describe('Words by which it is suggested, where they are not those of the program'),
});

const rule = z.strictObject({ slug, state, texts: z.record(language, text) });

const reply = z.strictObject({
  slug,
  state,
  texts: z.record(language, z.strictObject({ description })),
});

const industry = z.strictObject({
  slug: z.enum(INDUSTRIES),
  state,
  texts: z.record(language, text),
});

/** The terms of one vocabulary: each once, and merged only into one that is there and not merged itself. */
const termsOf = <Entry extends typeof rule | typeof reply | typeof industry | typeof term>(
  entry: Entry,
) =>
  z.array(entry).superRefine((entries, { addIssue }) => {
    const bySlug = new Map<string, { state?: string | undefined }>();
    for (const [at, { slug, ...one }] of entries.entries()) {
      const refuse = (message: string) => addIssue({ code: 'custom', path: [at, 'slug'], message });
      if (bySlug.has(slug)) refuse(`"${slug}" stands there twice`);
      bySlug.set(slug, one);
    }
    for (const [at, one] of entries.entries()) {
      if (one.state !== 'merged') continue;
      const into = 'mergedInto' in one ? bySlug.get(String(one.mergedInto)) : undefined;
      if (into && into.state !== 'merged') continue;
      const message = 'must name a term of the list that is not merged itself';
      addIssue({ code: 'custom', path: [at, 'mergedInto'], message });
    }
  });

export const communityFile = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal('causeway-community'),
    version: z.literal(1),
    pillars: termsOf(term).describe('Topics, in order'),
    barriers: termsOf(barrier).describe('Kinds of barrier, in order'),
    glossary: termsOf(term).describe('Terms that are explained'),
    rules: termsOf(rule)
      .optional()
      .describe('Rules for moderation, in order; those with a short name are reasons to flag'),
    replies: termsOf(reply).optional().describe('Saved replies of moderators, in order'),
    industries: termsOf(industry)
      .optional()
      .describe(
        'Sections of ISIC Rev. 4 that are offered: name in lists, short name below quotes, description as a choice in forms',
      ),
    texts: z
      .partialRecord(z.enum(TEXT_SLUGS), z.record(language, description))
      .optional()
      .describe(
        'What pages say about the subject, by language; the program has neutral texts for others',
      ),
    settings: z
      .strictObject(SETTINGS)
      .partial()
      .optional()
      .describe('Name, who runs the site, article, languages, digests and moderation'),
  })
  .describe(
    'The vocabularies, texts and settings of a Causeway site; sections that are missing change nothing',
  );

export type CommunityFile = z.output<typeof communityFile>;

/** A term as files write it; which parts it may have depends on its vocabulary. */
interface FileTerm extends Partial<Pick<Term, 'state'>> {
  slug: string;
  glyph?: string | undefined;
  colour?: string | undefined;
  mergedInto?: string | undefined;
  texts: Record<string, Partial<TermText>>;
}

/** The parts of a file, by vocabulary. */
const LISTS = {
  ...{ pillar: 'pillars', barrier: 'barriers', glossary: 'glossary' },
  ...{ rule: 'rules', reply: 'replies', industry: 'industries', text: 'texts' },
} as const satisfies Record<Vocabulary, keyof CommunityFile>;

/** Returns the community that a file describes. */
export function communityIn(file: CommunityFile): Community {
  const settings = { ...DEFAULT_SETTINGS, ...file.settings } as SiteSettings;
  const texts = TEXT_SLUGS.map((slug) => ({
    slug,
    texts: Object.fromEntries(
      Object.entries(file.texts?.[slug] ?? {}).map(([tag, description]) => [tag, { description }]),
    ),
  }));
  const of = (vocabulary: Vocabulary): FileTerm[] =>
    vocabulary === 'text' ? texts : ((file[LISTS[vocabulary]] ?? []) as FileTerm[]);
  return new Community(
    vocabulariesOf((vocabulary) => of(vocabulary).map((term) => toTerm(term, settings))),
    settings,
    new Map(
      file.barriers.flatMap(({ slug, cues }) =>
        cues ? [[slug, new Map(Object.entries(cues))]] : [],
      ),
    ),
  );
}

function toTerm(
  { slug, glyph, colour, state, mergedInto, texts }: FileTerm,
  settings: SiteSettings,
): Term {
  const words = new Map(
    Object.entries(texts).map(([language, text]) => [language, { ...NO_TEXT, ...text }]),
  );
  return {
    ...{ slug, glyph: glyph ?? null, colour: colour ?? null },
    ...{ state: state ?? 'active', mergedInto: mergedInto ?? null },
    ...{ texts: words, outdated: new Map(), original: originalLanguage(words, settings) },
  };
}

/** Returns a community as such a file; it does not say which words translate an older original. */
export function fileOf(community: Community): CommunityFile {
  const lists = VOCABULARIES.filter((vocabulary) => vocabulary !== 'text').map((vocabulary) => [
    LISTS[vocabulary],
    community.all(vocabulary).map((term) => ({
      ...toFileTerm(term),
      ...(vocabulary === 'barrier' && cuesIn(community, term.slug)),
    })),
  ]);
  const texts = community
    .all('text')
    .map((term) => [
      term.slug,
      Object.fromEntries(
        [...storedTexts(term)].map(([tag, { description }]) => [tag, description]),
      ),
    ]);
  return {
    ...{ format: 'causeway-community', version: 1, ...Object.fromEntries(lists) },
    texts: Object.fromEntries(texts),
    settings: community.settings,
  };
}

function cuesIn({ cueWords }: Community, kind: string) {
  const own = cueWords.get(kind);
  return own && { cues: Object.fromEntries(own) };
}

function toFileTerm(term: Term): FileTerm {
  const { slug, glyph, colour, state, mergedInto } = term;
  return {
    slug,
    ...(glyph && { glyph }),
    ...(colour && { colour }),
    ...(state !== 'active' && { state }),
    ...(mergedInto && { mergedInto }),
    texts: Object.fromEntries(
      [...storedTexts(term)].map(([language, { name, short, description, examples }]) => [
        language,
        {
          ...(name && { name }),
          ...(short && { short }),
          ...(description && { description }),
          ...(examples && { examples }),
        },
      ]),
    ),
  };
}

/** How many terms and texts an import added, changed and retired. */
export interface CommunityImported {
  added: number;
  changed: number;
  retired: number;
}

/**
 * Makes the vocabularies and texts those of a file, in the caller's transaction; `changeSettings` takes its
 * settings. Terms that it does not have are retired, since posts may carry them, and such texts are
 * emptied. Each change is recorded, without a person; importing the same
 * file again changes nothing. The words of a term that it changes count as translations of its original.
 * @param reason why, for the public record
 */
export async function importCommunity(
  tx: Db,
  app: Pick<AppContext, 'clock'>,
  file: CommunityFile,
  reason: string,
): Promise<CommunityImported> {
  const wanted = communityIn(file);
  const found = await loadCommunity(tx);
  const report: CommunityImported = { added: 0, changed: 0, retired: 0 };
  for (const vocabulary of VOCABULARIES) {
    if (!file[LISTS[vocabulary]]) continue;
    const change = (one: VocabularyChange) => changeVocabulary(tx, app, null, one);
    const about = { vocabulary, reason };
    const list = wanted.all(vocabulary);
    for (const term of list) {
      const before = found.find(vocabulary, term.slug);
      const { slug, glyph, colour } = term;
      const languages = [...new Set([...(before?.texts.keys() ?? []), ...term.texts.keys()])];
      const texts = Object.fromEntries(
        languages.map((language) => [language, term.texts.get(language) ?? NO_TEXT]),
      );
      const words = { glyph, colour, texts };
      if (!before) {
        await change({ ...about, act: 'add', slug, words });
        report.added += 1;
      } else if (!isSame(before, term)) {
        await change({ ...about, act: 'rename', slug, words, confirmed: 'all' });
        report.changed += 1;
      }
      for (const cues of vocabulary === 'barrier' ? changedCues(found, wanted, slug) : []) {
        await change({ ...about, act: 'cues', slug, ...cues });
        report.changed += 1;
      }
      if (term.state === 'active' && before?.state === 'retired') {
        await change({ ...about, act: 'restore', slug });
        report.changed += 1;
      }
    }
    for (const { slug } of list.filter(({ state }) => state === 'merged')) {
      const into = wanted.resolve(vocabulary, slug);
      if (found.find(vocabulary, slug)?.state === 'merged' || !into) continue;
      await change({ ...about, act: 'merge', slug, into });
      report.changed += 1;
    }
    const others = found.all(vocabulary).filter(({ slug }) => !wanted.find(vocabulary, slug));
    for (const { slug } of [...list.filter(({ state }) => state === 'retired'), ...others]) {
      const state = found.find(vocabulary, slug)?.state ?? 'active';
      if (state !== 'active') continue;
      await change({ ...about, act: 'retire', slug });
      report.retired += 1;
    }
    await putOrder(
      tx,
      vocabulary,
      [...list, ...others].map(({ slug }) => slug),
    );
  }
  return report;
}

/** The cue words of a kind that are not yet as wanted; null for those of the lexicon. */
function changedCues(found: Community, wanted: Community, kind: string) {
  const [before, after] = [found.cueWords.get(kind), wanted.cueWords.get(kind)];
  const languages = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...languages]
    .map((language) => ({ language, words: after?.get(language) ?? null }))
    .filter(
      ({ language, words }) =>
        JSON.stringify(before?.get(language) ?? null) !== JSON.stringify(words),
    );
}

function isSame(a: Term, b: Term): boolean {
  const facts = (term: Term) =>
    JSON.stringify([
      ...[term.glyph, term.colour],
      [...storedTexts(term)].sort(([one], [other]) => (one < other ? -1 : 1)),
    ]);
  return facts(a) === facts(b);
}

/**
 * Returns the vocabularies as SKOS concept schemes in JSON-LD (https://www.w3.org/TR/skos-reference/).
 * `origin` is the site's public URL: concepts are named by the pages that show them.
 */
export function skosOf(community: Community, origin: string): object {
  const byLanguage = (term: Term, part: keyof TermText) =>
    Object.fromEntries(
      [...term.texts].flatMap(([language, text]) => (text[part] ? [[language, text[part]]] : [])),
    );
  const idOf = (vocabulary: (typeof CONCEPTS)[number], slug: string) =>
    `${origin}${PAGES[vocabulary](slug)}`;
  return {
    '@context': {
      skos: 'http://www.w3.org/2004/02/skos/core#',
      owl: 'http://www.w3.org/2002/07/owl#',
      dct: 'http://purl.org/dc/terms/',
      ...Object.fromEntries(
        ['prefLabel', 'altLabel', 'definition', 'example'].map((name) => [
          name,
          { '@id': `skos:${name}`, '@container': '@language' },
        ]),
      ),
      inScheme: { '@id': 'skos:inScheme', '@type': '@id' },
      isReplacedBy: { '@id': 'dct:isReplacedBy', '@type': '@id' },
      deprecated: 'owl:deprecated',
      notation: 'skos:notation',
    },
    '@graph': CONCEPTS.flatMap((vocabulary) => {
      const scheme = `${origin}/#${LISTS[vocabulary]}`;
      return [
        { '@id': scheme, '@type': 'skos:ConceptScheme' },
        ...community.all(vocabulary).map((term) => ({
          '@id': idOf(vocabulary, term.slug),
          '@type': 'skos:Concept',
          inScheme: scheme,
          notation: term.slug,
          prefLabel: byLanguage(term, 'name'),
          altLabel: byLanguage(term, 'short'),
          definition: byLanguage(term, 'description'),
          example: byLanguage(term, 'examples'),
          ...(term.state !== 'active' && { deprecated: true }),
          ...(term.mergedInto && { isReplacedBy: idOf(vocabulary, term.mergedInto) }),
        })),
      ];
    }),
  };
}

/** The vocabularies of concepts: rules, replies and texts are none, and ISIC names the industries. */
const CONCEPTS = ['pillar', 'barrier', 'glossary'] as const;

/** Where a concept is shown. */
const PAGES: Record<(typeof CONCEPTS)[number], (slug: string) => string> = {
  pillar: (slug) => pathTo('/pillars/:slug', { slug }),
  barrier: (kind) => pathTo('/barriers/kinds/:kind', { kind }),
  glossary: (slug) => `${pathTo('/glossary')}#${slug}`,
};
