import type { z } from 'zod';
import type { Overview } from '~/domain/barriers/explore';
import type { Namers } from '~/domain/barriers/namers';
import type { BarrierFilter } from '~/domain/barriers/query';
import type { Trend } from '~/domain/barriers/trends';
import { LICENCE } from '~/domain/community/licence';
import { ABOUT_FIELDS, FROM_FIELDS } from '~/domain/forum/posts/post-fields';
import { csv } from '~/platform/text/csv';
import { SAID_BY } from '~db/schema/conversation';
import type { contributionSchema } from './schemas';

/**
 * Returns figures as CSV: one line for the total, for each kind, for each place, and for each kind
 * in a place. `trend` is empty where nothing can be said. Who named the kinds is on the first line.
 */
export function figuresCsv(found: Overview, { scope, span }: BarrierFilter): string {
  const day = (ms: number) => new Date(ms).toISOString();
  const line = (
    place: string,
    kind: string,
    { people, trend, namedBy }: { people: number; trend?: Trend; namedBy?: Namers },
  ) => [
    ...[place, kind, people, trend ?? null, found.least, day(span.start), day(span.end), LICENCE],
    ...SAID_BY.map((by) => namedBy?.[by] ?? null),
  ];
  return csv(
    [
      ...['place', 'kind', 'people', 'trend', 'least', 'from', 'until', 'license'],
      ...SAID_BY.map((by) => `named_by_${by}`),
    ],
    [
      line(scope, '', found),
      ...found.kinds.map((one) => line(scope, one.kind, one)),
      ...found.places.flatMap((row) => {
        const place = row.place ?? `${scope}, no country given`;
        return [line(place, '', row), ...row.kinds.map((one) => line(place, one.kind, one))];
      }),
    ],
  );
}

/** Returns contributions as CSV. */
export function contributionsCsv(items: readonly z.input<typeof contributionSchema>[]): string {
  return csv(
    [
      'id',
      'url',
      'thread',
      'replyTo',
      'author',
      'name',
      ...Object.keys(FROM_FIELDS),
      'language',
      'createdAt',
      'editedAt',
      'body',
      ...Object.keys(ABOUT_FIELDS),
      'barriersNamedBy',
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
      ...values(item, FROM_FIELDS),
      item.language,
      item.createdAt,
      item.editedAt,
      item.body,
      ...values(item, ABOUT_FIELDS),
      item.barriersNamedBy,
      item.faces.people,
      LICENCE,
    ]),
  );
}

/** Returns the values of these fields of an item. */
function values<Item, Name extends keyof Item>(item: Item, fields: Record<Name, unknown>) {
  return (Object.keys(fields) as Name[]).map((name) => item[name]);
}
