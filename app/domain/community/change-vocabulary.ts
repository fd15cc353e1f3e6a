import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { alreadyUndone } from '~/platform/already-undone';
import type { AppContext } from '~/platform/app-context';
import {
  type CueWords,
  hasWords,
  isOutdated,
  NO_TEXT,
  originalLanguage,
  partKey,
  TEXT_PARTS,
  type TermText,
  VOCABULARY_TRAITS,
  type Vocabulary,
} from '~/platform/community/community';
import { readDefaultLanguage } from '~/platform/community/current-community';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { pathTo } from '~/platform/paths';
import { type SentFrom, type Values, withoutStale } from '~/platform/stale-form';
import { singleLine } from '~/platform/text/visible';
import type { Db } from '~db/client';
import { isAfter } from '~db/position';
import { communityChanges, cueWords, terms, termTexts, users } from '~db/schema';
import type { CommunityAct, TranslatedParts, TranslatedText } from '~db/schema/community';
import { type Moved, moveBack, moveTerm } from './term-holders';

/*
 * Changes of the vocabularies by administrators. Each is one row of `community_changes`: who, when,
 * why, and what was there before, so that it can be undone and everyone can read it.
 */

/** In UTF-16 units. */
export const LONGEST_TEXT = {
  name: 120,
  short: 40,
  description: 600,
  examples: 600,
} as const satisfies Record<keyof TermText, number>;
export const LONGEST_REASON = 500;

/** The list of changes with the buttons that undo them. */
const LISTED_AT = `${pathTo('/admin/vocabulary')}#vocabulary-changes`;

/** Why a change is made, in a form. */
export const reasonField = z
  .string()
  .default('')
  .transform(singleLine)
  .pipe(z.string().min(1, 'community.error.reason').max(LONGEST_REASON, 'community.error.long'));

/** The look and the words of a term; texts by language, BCP 47. */
export interface TermWords {
  glyph: string | null;
  colour: string | null;
  texts: Readonly<Record<string, TermText>>;
}

export type ChangeOfTerm =
  | { act: 'add'; words: TermWords; slug?: string }
  | {
      act: 'rename';
      slug: string;
      words: TermWords;
      confirmed?: Confirmed;
    }
  | { act: 'reorder'; slug: string; before: string | null }
  | { act: 'retire' | 'restore'; slug: string }
  | { act: 'merge'; slug: string; into: string }
  | ({ act: 'cues'; slug: string } & CuesInLanguage);

/** Translations that are right for the present original too, by the names of their fields (`name.ar`). */
type Confirmed = readonly string[] | 'all';

/** What an administrator does; `reason` is public. */
export type VocabularyChange = { vocabulary: Vocabulary; reason: string } & ChangeOfTerm;

/** The cue words of a kind in a language; null for those of the lexicon. */
interface CuesInLanguage {
  language: string;
  words: CueWords | null;
}

type TermRow = typeof terms.$inferSelect;
type TextRow = typeof termTexts.$inferSelect;

/** The rows of terms before or after a change. */
interface State {
  terms: TermRow[];
  texts: TextRow[];
  /** For a merge: what carried the term. */
  moved?: Moved;
  /** For a change of cue words, which touches nothing else. */
  cues?: CuesInLanguage;
}

/**
 * Carries out a change in the caller's transaction; gives the slug of the term. `personId` is null
 * for a command.
 * @throws DomainError `missing` if there is no such term; `invalid` if it has no name in any language, or
 * if the term to merge it into or to move it before is not another one of the vocabulary; `refused` if the
 * state of one of them forbids the change, if this vocabulary does not allow it, or if words in the form were
 * changed by someone else since it was made
 */
export async function changeVocabulary(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  personId: string | null,
  change: VocabularyChange,
  sent: SentFrom = {},
): Promise<string> {
  const { vocabulary, reason, act } = change;
  if (!VOCABULARY_TRAITS[vocabulary].acts.includes(act)) {
    throw new DomainError('refused', 'community.error.already');
  }
  const list = await readTerms(tx, vocabulary);
  const slug =
    act === 'add' ? (change.slug ?? freeSlug(vocabulary, list, change.words)) : change.slug;
  const term = list.find((one) => one.slug === slug);
  if (act !== 'add' && !term) throw new DomainError('missing', 'site.problem.404.title');
  const touched = act === 'reorder' ? null : slug;
  const language = act === 'cues' ? change.language : null;
  const before = await stateOf(tx, vocabulary, touched, language);
  let moved: Moved | undefined;
  if (act === 'add' || act === 'rename') {
    const words = mergedWords(change.words, before, sent);
    requireWords(vocabulary, words);
    const { glyph, colour } = words;
    const position = Math.max(0, ...list.map((one) => one.position)) + 1;
    const fresh = { vocabulary, slug, position, state: 'active' as const, mergedInto: null };
    if (act === 'add') await tx.insert(terms).values({ ...fresh, glyph, colour });
    else await tx.update(terms).set({ glyph, colour }).where(isTerm(vocabulary, slug));
    const settings = await readDefaultLanguage(tx);
    const texts = textsAfter(vocabulary, before.texts, words.texts, change, settings);
    await putTexts(tx, vocabulary, slug, texts);
  } else if (act === 'reorder') {
    const others = list.map((one) => one.slug).filter((one) => one !== slug);
    const at = change.before === null ? others.length : others.indexOf(change.before);
    if (at < 0) throw new DomainError('invalid', 'site.error.field');
    await putOrder(tx, vocabulary, others.toSpliced(at, 0, slug));
  } else if (act === 'cues') {
    await putCues(tx, slug, mergedCues(change, before, sent));
  } else if (act === 'merge') {
    const into = list.find((one) => one.slug === change.into);
    if (!into || into.slug === slug) throw new DomainError('invalid', 'community.error.into');
    if (into.state !== 'active' || term?.state === 'merged') {
      throw new DomainError('refused', 'community.error.merged');
    }
    await tx
      .update(terms)
      .set({ state: 'merged', mergedInto: into.slug })
      .where(isTerm(vocabulary, slug));
    moved = await moveTerm(tx, vocabulary, slug, into.slug);
  } else {
    const [from, to] =
      act === 'retire' ? (['active', 'retired'] as const) : (['retired', 'active'] as const);
    if (term?.state !== from) throw new DomainError('refused', 'community.error.already');
    await tx.update(terms).set({ state: to }).where(isTerm(vocabulary, slug));
  }
  const after = await stateOf(tx, vocabulary, touched, language);
  const at = clock.now();
  await tx.insert(communityChanges).values({
    ...{ id: newId(at), at, personId, act, vocabulary, slug, reason, after },
    before: { ...before, ...(moved && { moved }) } satisfies State,
  });
  return slug;
}

/** The changes that touch the same facts of a term: an earlier one is undone after the later. */
const SAME_FACTS: Record<CommunityAct, readonly CommunityAct[]> = {
  add: ['retire', 'restore', 'merge'],
  rename: ['rename'],
  reorder: ['reorder', 'add'],
  retire: ['retire', 'restore', 'merge'],
  restore: ['retire', 'restore', 'merge'],
  merge: ['retire', 'restore', 'merge'],
  cues: ['cues'],
};

/**
 * Takes a change back in the caller's transaction. What was added is retired, since posts may name it
 * by now.
 * @throws DomainError `missing`; `refused` if it was undone, or a later change must be undone first
 */
export async function undoChange(
  tx: Db,
  { clock }: Pick<AppContext, 'clock'>,
  personId: string,
  changeId: string,
): Promise<void> {
  const [change] = await tx
    .select()
    .from(communityChanges)
    .where(eq(communityChanges.id, changeId));
  if (!change) throw new DomainError('missing', 'site.problem.404.title');
  if (change.undoneAt !== null) throw alreadyUndone(LISTED_AT);
  const { id, at: createdAt, vocabulary, slug, act } = change;
  const later = await tx
    .select({ slug: communityChanges.slug })
    .from(communityChanges)
    .where(
      and(
        eq(communityChanges.vocabulary, vocabulary),
        inArray(communityChanges.act, [...SAME_FACTS[act]]),
        isNull(communityChanges.undoneAt),
        isAfter({ createdAt, id }, { createdAt: communityChanges.at, id: communityChanges.id }),
      ),
    );
  // Positions are those of the whole list.
  if (later.some((one) => act === 'reorder' || one.slug === slug)) {
    throw new DomainError('refused', 'community.error.later');
  }
  const before = change.before as State;
  const [was] = before.terms;
  if (act === 'add') {
    await tx.update(terms).set({ state: 'retired' }).where(isTerm(vocabulary, slug));
  } else if (act === 'rename' && was) {
    const { glyph, colour } = was;
    await tx.update(terms).set({ glyph, colour }).where(isTerm(vocabulary, slug));
    await putTexts(tx, vocabulary, slug, before.texts);
  } else if (act === 'reorder') {
    for (const { slug: one, position } of before.terms) {
      await tx.update(terms).set({ position }).where(isTerm(vocabulary, one));
    }
  } else if (act === 'cues' && before.cues) {
    await putCues(tx, slug, before.cues);
  } else if (was) {
    const [now] = (change.after as State).terms;
    const { state, mergedInto } = was;
    await tx.update(terms).set({ state, mergedInto }).where(isTerm(vocabulary, slug));
    if (before.moved && now?.mergedInto) {
      await moveBack(tx, vocabulary, slug, now.mergedInto, before.moved);
    }
  }
  await tx
    .update(communityChanges)
    .set({ undoneAt: clock.now(), undoneById: personId })
    .where(eq(communityChanges.id, changeId));
}

/** A change, as everyone may read it. */
export interface ListedChange {
  id: string;
  at: number;
  act: CommunityAct;
  vocabulary: Vocabulary;
  slug: string;
  reason: string;
  /** What it was called before a renaming, by language; empty for other changes. */
  formerNames: Record<string, string>;
  /** What the renaming called it, which it may no longer be. */
  givenNames: Record<string, string>;
  /** The handle of who made it; null where it is not known any more. */
  by: string | null;
  /** For a merge: the slug that took over. */
  into: string | null;
  /** For a change of cue words: their language, BCP 47. */
  language: string | null;
  undoneAt: number | null;
}

/** Returns the newest changes, newest first. */
export async function listChanges(db: Db, limit: number): Promise<ListedChange[]> {
  const rows = await db
    .select({ change: communityChanges, by: users.handle })
    .from(communityChanges)
    .leftJoin(users, and(eq(users.id, communityChanges.personId), isNull(users.erasedAt)))
    .orderBy(desc(communityChanges.at), desc(communityChanges.id))
    .limit(limit);
  return rows.map(({ change, by }) => {
    const { id, at, act, vocabulary, slug, reason, undoneAt } = change;
    const [before, after] = [change.before as State, change.after as State];
    const namesIn = ({ texts }: State) => {
      const stored = new Map(texts.map((row) => [row.language, row]));
      // As readers see them: without names that translate an older one.
      const named = texts.filter(
        ({ name, originals }) => name && !isOutdated(originals?.name, 'name', stored),
      );
      return act === 'rename'
        ? Object.fromEntries(named.map((row) => [row.language, row.name]))
        : {};
    };
    return {
      ...{ id, at, act, vocabulary, slug, reason, by, undoneAt },
      formerNames: namesIn(before),
      givenNames: namesIn(after),
      into: act === 'merge' ? (after.terms[0]?.mergedInto ?? null) : null,
      language: after.cues?.language ?? null,
    };
  });
}

function isTerm(vocabulary: Vocabulary, slug: string) {
  return and(eq(terms.vocabulary, vocabulary), eq(terms.slug, slug));
}

function isTextOf(vocabulary: Vocabulary, slug: string) {
  return and(eq(termTexts.vocabulary, vocabulary), eq(termTexts.slug, slug));
}

function areCues(kind: string, language: string) {
  return and(eq(cueWords.kind, kind), eq(cueWords.language, language));
}

async function putCues(tx: Db, kind: string, { language, words }: CuesInLanguage): Promise<void> {
  await tx.delete(cueWords).where(areCues(kind, language));
  if (words) await tx.insert(cueWords).values({ kind, language, words });
}

/** The look and the words of a term by the names of their fields: `name.en`, `short.en` and so on. */
export function fieldsOfTerm({ glyph, colour, texts }: TermWords): Values {
  const written = Object.entries(texts).flatMap(([language, text]) =>
    Object.entries(text).map(([part, words]) => [`${part}.${language}`, words]),
  );
  return { glyph, colour, ...Object.fromEntries(written) };
}

/** The words in a form, with those that its sender left alone as they are now. */
function mergedWords(words: TermWords, { terms: [term], texts }: State, sent: SentFrom): TermWords {
  const stored = new Map(texts.map((row) => [row.language, row]));
  const textIn = (language: string): TermText => {
    const { name, short, description, examples } = stored.get(language) ?? NO_TEXT;
    return { name, short, description, examples };
  };
  const languages = Object.keys(words.texts);
  const now = {
    glyph: term?.glyph ?? null,
    colour: term?.colour ?? null,
    texts: Object.fromEntries(languages.map((language) => [language, textIn(language)])),
  };
  const fields = withoutStale(fieldsOfTerm(words), fieldsOfTerm(now), sent);
  const merged = (language: string): TermText => {
    const part = (name: keyof TermText) => String(fields[`${name}.${language}`] ?? '');
    return {
      ...{ name: part('name'), short: part('short') },
      ...{ description: part('description'), examples: part('examples') },
    };
  };
  return {
    glyph: fields.glyph as string | null,
    colour: fields.colour as string | null,
    texts: Object.fromEntries(languages.map((language) => [language, merged(language)])),
  };
}

/** The same for cue words; those of the lexicon count where a site has none of its own. */
function mergedCues(
  { language, words }: CuesInLanguage,
  { cues }: State,
  sent: SentFrom,
): CuesInLanguage {
  if (!words || !cues?.words) return { language, words };
  return { language, words: { ...words, ...withoutStale({ ...words }, { ...cues.words }, sent) } };
}

function readTerms(db: Db, vocabulary: Vocabulary): Promise<TermRow[]> {
  return db
    .select()
    .from(terms)
    .where(eq(terms.vocabulary, vocabulary))
    .orderBy(asc(terms.position), asc(terms.slug));
}

/**
 * The state of one term; without a slug, that of all terms without their texts: their order. With a
 * language, the cue words of the term alone.
 */
async function stateOf(
  db: Db,
  vocabulary: Vocabulary,
  slug: string | null,
  language: string | null,
): Promise<State> {
  if (slug !== null && language !== null) {
    const [row] = await db.select().from(cueWords).where(areCues(slug, language));
    return { terms: [], texts: [], cues: { language, words: row?.words ?? null } };
  }
  const list = await readTerms(db, vocabulary);
  if (slug === null) return { terms: list, texts: [] };
  return {
    terms: list.filter((one) => one.slug === slug),
    texts: await db
      .select()
      .from(termTexts)
      .where(isTextOf(vocabulary, slug))
      .orderBy(asc(termTexts.language)),
  };
}

/** A language without the first part has no text; at least one language must have one. */
function requireWords(vocabulary: Vocabulary, { texts }: TermWords): void {
  const { parts, optional } = VOCABULARY_TRAITS[vocabulary];
  if (optional || Object.values(texts).some((text) => hasWords(vocabulary, text))) return;
  throw new DomainError('invalid', 'community.error.name', { field: `${parts[0]}.en` });
}

type WordsRow = Omit<TextRow, 'vocabulary' | 'slug'>;

/**
 * Returns the words of a term after a change. A translation that is left alone while its original changes
 * remembers what it translates; one that is written or confirmed translates the original that its writer
 * had before them.
 * @param merged the words that result; `words` has them as they were typed
 */
function textsAfter(
  vocabulary: Vocabulary,
  before: readonly TextRow[],
  merged: TermWords['texts'],
  { words, confirmed = [] }: { words: TermWords; confirmed?: Confirmed },
  settings: Parameters<typeof originalLanguage>[1],
): WordsRow[] {
  const was = new Map(before.map((row) => [row.language, row]));
  const now = new Map<string, TermText>(
    [...new Map<string, TermText>([...was, ...Object.entries(merged)])].filter(([, text]) =>
      hasWords(vocabulary, text),
    ),
  );
  // Words in a language that is new to a term translate those that it had.
  const added = { originals: was.size > 0 ? {} : null };
  const after = new Map([...now.keys()].map((language) => [language, was.get(language) ?? added]));
  const [from, to] = [was, after].map((known) => originalLanguage(known, settings) ?? '') as [
    string,
    string,
  ];
  /** The original until now, where a part of it changes. */
  const replaced = (part: keyof TermText) => {
    const [text = '', next = ''] = [was, now].map((known) => known.get(from)?.[part]);
    return partKey(text) === partKey(next) ? undefined : translated(from, text);
  };
  /** The original that the sender had before them. */
  const read = (part: keyof TermText) =>
    translated(to, words.texts[to]?.[part] ?? now.get(to)?.[part] ?? '');
  const isConfirmed = (field: string) => confirmed === 'all' || confirmed.includes(field);
  return [...now].map(([language, { name, short, description, examples }]) => {
    const [text, stored] = [{ name, short, description, examples }, was.get(language)];
    const originals: TranslatedParts = {};
    for (const part of TEXT_PARTS) {
      const isLeft =
        stored !== undefined &&
        partKey(stored[part]) === partKey(text[part]) &&
        !isConfirmed(`${part}.${language}`);
      const marked = stored?.originals?.[part];
      const kept = isOutdated(marked, part, was) ? marked : (replaced(part) ?? marked);
      const of = isLeft ? kept : read(part);
      if (of && text[part] !== '' && of.language !== language) originals[part] = of;
    }
    return { language, ...text, originals: Object.keys(originals).length > 0 ? originals : null };
  });
}

/** Returns what a translation of a text remembers; a part without words is translated by none. */
function translated(language: string, text: string): TranslatedText | undefined {
  return language === '' || text === '' ? undefined : { language, key: partKey(text) };
}

/** Puts rows in the place of all words of a term. */
async function putTexts(
  tx: Db,
  vocabulary: Vocabulary,
  slug: string,
  rows: readonly WordsRow[],
): Promise<void> {
  await tx.delete(termTexts).where(isTextOf(vocabulary, slug));
  if (rows.length === 0) return;
  await tx.insert(termTexts).values(rows.map((row) => ({ ...row, vocabulary, slug })));
}

/** Puts the terms of a vocabulary in an order; `slugs` has all of them. */
export async function putOrder(
  tx: Db,
  vocabulary: Vocabulary,
  slugs: readonly string[],
): Promise<void> {
  for (const { slug, position } of await readTerms(tx, vocabulary)) {
    const wanted = slugs.indexOf(slug) + 1;
    if (position === wanted) continue;
    await tx.update(terms).set({ position: wanted }).where(isTerm(vocabulary, slug));
  }
}

/** A slug from a name in Latin letters, or a number: part of links for good. */
function freeSlug(vocabulary: Vocabulary, list: readonly TermRow[], { texts }: TermWords): string {
  const [part] = VOCABULARY_TRAITS[vocabulary].parts;
  const names = ['en', ...Object.keys(texts)].map((language) => texts[language]?.[part] ?? '');
  const base = names.map(asSlug).find(Boolean) ?? 'term';
  const taken = new Set(list.map(({ slug }) => slug));
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}

function asSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}
