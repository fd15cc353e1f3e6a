import type { LoaderFunctionArgs } from '@remix-run/node';
import { keyPointData } from '~/domain/barriers/key-points/data';
import {
  currentKeyPointId,
  findKeyPoint,
  stanceTables,
} from '~/domain/barriers/key-points/key-points';
import { digestsNaming } from '~/domain/digests/key-point-digests';
import { digestPath } from '~/domain/digests/present';
import { notFound } from '~/server/guards';

/** A key point for programs. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const { db, config } = context.app;
  const id = await currentKeyPointId(db.reader, params.id ?? '');
  const point = id && (await findKeyPoint(db.reader, id));
  if (!point) throw notFound();
  const byCountry = await stanceTables(db.reader, point, config.digestMinAuthors);
  const digests = await digestsNaming(db.reader, point.id);
  const body = {
    ...keyPointData(point, byCountry, config.origin),
    digests: digests.map(({ scope, period }) => ({
      scope,
      period,
      url: config.origin + digestPath(scope, period),
    })),
  };
  return Response.json(body, { headers: { 'Access-Control-Allow-Origin': '*' } });
}
