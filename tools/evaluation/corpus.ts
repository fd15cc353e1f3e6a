import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { defaultCommunity } from '~/domain/community/seed-community';
import type { BarrierKind, Pillar } from '~/domain/community/vocabularies';
import { contributionLine } from '~/domain/import-export/exchange-lines';

/** The labels that human readers gave to a contribution. */
const gold = z.object({
  raises: z.boolean(),
  kinds: z.array(z.string().transform((kind) => kind as BarrierKind)),
  pillars: z.array(z.string().transform((pillar) => pillar as Pillar)),
  region: z.string().nullable(),
  group: z.string().nullable(),
  /** The words that state the barrier best, verbatim. */
  key: z.string().nullish(),
});

const goldLine = gold.extend({ id: z.string() });

/** A line of a file of texts with their labels. */
export const ownLine = z.object({
  id: z.string(),
  author: z.string(),
  language: z.string(),
  country: z.string().nullable(),
  body: z.string(),
  /** Why it reports no barrier, as far as that was labelled: `denial`, `question` and so on. */
  nothing: z.string().optional(),
  gold,
});

/** A contribution with its labels. */
export type Labelled = z.output<typeof ownLine>;

/**
 * Reads a folder with `conversation.jsonl` (the import format) and `gold.jsonl` (labels by id).
 * Contributions without labels are left out.
 */
export function readCorpus(folder: string): Labelled[] {
  const labels = new Map(
    readLines(join(folder, 'gold.jsonl')).map((line) => {
      const { id, ...rest } = goldLine.parse(line);
      return [id, rest];
    }),
  );
  const readContribution = contributionLine(defaultCommunity());
  return readLines(join(folder, 'conversation.jsonl')).flatMap((line) => {
    const { id, author, language, country, body } = readContribution.parse(line);
    const label = labels.get(id);
    return label ? [{ id, author, language, country, body, gold: label }] : [];
  });
}

/** Reads a file whose lines contain text and labels. */
export function readLabelled(file: string): Labelled[] {
  return readLines(file).map((line) => ownLine.parse(line));
}

/**
 * Reads invented stories, one per line: the kinds by prominence (`-` for none), ` | `, the text.
 * The language is the file name up to a hyphen. Pillars, places and groups have no labels.
 */
export function readStories(file: string): Labelled[] {
  const language = basename(file, '.txt').split('-')[0] ?? '';
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => {
      const [kinds = '', body = ''] = line.split(' | ');
      const told = kinds === '-' ? [] : (kinds.split(' ') as BarrierKind[]);
      const gold = { raises: told.length > 0, kinds: told, pillars: [], region: null, group: null };
      const id = `${basename(file)} ${at + 1}`;
      return { id, author: id, language, country: null, body, gold };
    });
}

/**
 * True if a contribution (or, for grouping, a region) is in the half used for tuning: by a hash, so
 * that nobody chose. Results are reported on the other half.
 */
export function isTunedOn(id: string): boolean {
  return (createHash('sha256').update(id).digest()[0] ?? 0) % 2 === 0;
}

/** The lines of a JSON Lines file. */
export function readLines(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));
}
