import { overlap } from '~/domain/digests/terms';
import { foldedTokens } from '~/platform/text/tokens';
import type { ParsedPost } from './parse-post';

export interface Change<Value> {
  before: Value;
  after: Value;
}

export interface Changes<Value> {
  added: Value[];
  removed: Value[];
  /** The same thing in other words, or with another description. */
  changed: Change<Value>[];
}

export interface PostDifferences {
  title: Change<string | null> | null;
  introduction: Change<string | null> | null;
  summaryPoints: Changes<string>;
  questions: Changes<ParsedPost['questions'][number]>;
  pillars: Changes<ParsedPost['pillars'][number]>;
  glossary: Changes<ParsedPost['glossary'][number]>;
}

/** The parts of a post that are compared. */
export type ComparedPost = Pick<
  ParsedPost,
  'title' | 'introduction' | 'summaryPoints' | 'questions' | 'pillars' | 'glossary'
>;

/** Share of common words from which two texts are versions of one. */
const SAME_FROM = 0.5;

/** Returns what differs between two versions of a post. The order of its parts does not matter. */
export function comparePosts(before: ComparedPost, after: ComparedPost): PostDifferences {
  return {
    title: changeOf(before.title, after.title),
    introduction: changeOf(before.introduction, after.introduction),
    summaryPoints: changesOf(before.summaryPoints, after.summaryPoints, (point) => [point]),
    questions: changesOf(before.questions, after.questions, ({ text }) => [text]),
    pillars: changesOf(before.pillars, after.pillars, (one) => [one.name, one.description]),
    glossary: changesOf(before.glossary, after.glossary, (one) => [one.term, one.definition]),
  };
}

function changeOf<Value>(before: Value, after: Value): Change<Value> | null {
  return before === after ? null : { before, after };
}

/** `textsOf` returns what identifies an entry, then what else belongs to it. */
function changesOf<Value>(
  before: readonly Value[],
  after: readonly Value[],
  textsOf: (value: Value) => [string, string?],
): Changes<Value> {
  const keyOf = (value: Value) => JSON.stringify(textsOf(value));
  const keysBefore = new Set(before.map(keyOf));
  const keysAfter = new Set(after.map(keyOf));
  const removed = new Set(before.filter((value) => !keysAfter.has(keyOf(value))));
  const added = new Set(after.filter((value) => !keysBefore.has(keyOf(value))));
  const words = new Map(
    [...removed, ...added].map((value) => [value, textsOf(value).map(wordsOf)]),
  );
  const likeness = (one: Value, other: Value) => {
    const [name, more] = words.get(one) ?? [];
    const [otherName, otherMore] = words.get(other) ?? [];
    const alike = [overlap(name ?? new Set(), otherName ?? new Set())];
    if (more && otherMore) alike.push(overlap(more, otherMore));
    return Math.max(...alike);
  };

  const changed: Change<Value>[] = [];
  const pairs = [...removed]
    .flatMap((one) => [...added].map((other) => ({ one, other, alike: likeness(one, other) })))
    .filter(({ alike }) => alike >= SAME_FROM)
    .sort((left, right) => right.alike - left.alike);
  for (const { one, other } of pairs) {
    if (!removed.has(one) || !added.has(other)) continue;
    removed.delete(one);
    added.delete(other);
    changed.push({ before: one, after: other });
  }
  return { added: [...added], removed: [...removed], changed };
}

function wordsOf(text = ''): Set<string> {
  return new Set(foldedTokens(text));
}
