import type { z } from 'zod';
import type { Overview } from '~/domain/barriers/explore';
import type { BarrierFilter } from '~/domain/barriers/query';
import { LICENCE } from '~/domain/community/licence';
import { csv } from '~/platform/text/csv';
import type { contributionSchema } from './schemas';

/**
 * Figures as a table: a line for the whole, for each kind, each place, and each kind in a place.
 * `people` is empty where the number is not public.
 */
export function figuresCsv(found: Overview, { scope, span }: BarrierFilter): string {
  const day = (ms: number) => new Date(ms).toISOString();
  const line = (
    place: string,
    kind: string,
    { people, change }: { people: number | null; change?: number | 'new' | null },
  ) => [place, kind, people, change ?? null, found.least, day(span.start), day(span.end), LICENCE];
  return csv(
    ['place', 'kind', 'people', 'change', 'least', 'from', 'until', 'license'],
    [
      line(scope, '', found),
      ...found.kinds.map((one) => line(scope, one.kind, one)),
      ...found.places.flatMap((row) => {
        const place = row.place ?? `${scope}, not told more closely`;
        return [line(place, '', row), ...row.kinds.map((one) => line(place, one.kind, one))];
      }),
    ],
  );
}

/** Contributions as a table; lists are joined with spaces. */
export function contributionsCsv(items: readonly z.input<typeof contributionSchema>[]): string {
  return csv(
    [
      'id',
      'url',
      'thread',
      'replyTo',
      'author',
      'name',
      'country',
      'region',
      'industry',
      'language',
      'createdAt',
      'editedAt',
      'body',
      'barriers',
      'pillars',
      'impact',
      'faces',
      'license',
    ],
    items.map((item) => [
      item.id,
      item.url,
      item.thread.url,
      item.replyTo,
      item.author.handle,
      item.author.name,
      item.country,
      item.region,
      item.industry,
      item.language,
      item.createdAt,
      item.editedAt,
      item.body,
      item.barriers.join(' '),
      item.pillars.join(' '),
      item.impact,
      item.faces.people,
      LICENCE,
    ]),
  );
}
