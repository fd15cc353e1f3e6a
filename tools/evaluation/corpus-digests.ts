import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { periodContaining } from '~/domain/digests/period';
import type { AppContext } from '~/platform/app-context';
import { ancestors, regionOf, WORLD } from '~/platform/places/places';
import { isTunedOn, readCorpus, readLines } from './corpus';
import { type DigestEvaluation, evaluateDigests } from './digests';

const goldLine = z.object({
  id: z.string(),
  raises: z.boolean(),
  group: z.string().nullable(),
  key: z.string().nullable(),
});

/**
 * Measures all monthly and quarterly digests of a folder's conversation, for the world, its regions
 * and countries: on the half of the key points that was used for tuning the choice of quotes, on
 * the other half, and on all. The site must contain that conversation; `draws` is the number of
 * random baselines.
 */
export async function evaluateCorpusDigests(
  app: AppContext,
  folder: string,
  draws?: number,
): Promise<Record<string, DigestEvaluation>> {
  const gold = readLines(join(folder, 'gold.jsonl')).map((line) => goldLine.parse(line));
  const parts = {
    'digests, half not tuned on': (id: string) => !isTunedOn(id),
    'digests, tuned half': isTunedOn,
    'digests, whole': () => true,
  };
  return evaluateDigests(app, { gold, parts, ...digestsOf(folder) }, draws);
}

/** The places and periods that a folder's conversation can have digests of. */
export function digestsOf(folder: string): { scopes: string[]; periods: string[] } {
  const countries = readCorpus(folder).flatMap(({ country }) => country ?? []);
  const places = countries.flatMap((code) => [code, regionOf(code) ?? code, ...ancestors(code)]);
  const moments = readFileSync(join(folder, 'conversation.jsonl'), 'utf8').matchAll(
    /"createdAt": ?"([^"]+)"/g,
  );
  const periods = [...moments].flatMap(([, iso]) => {
    const moment = Date.parse(iso ?? '');
    return [periodContaining(moment, 'month').id, periodContaining(moment, 'quarter').id];
  });
  return {
    scopes: ['world', ...[...new Set(places)].filter((code) => code !== WORLD).sort()],
    periods: [...new Set(periods)].sort(),
  };
}
