import { mayPost } from '~/domain/accounts/users/visitor';
import { stanceOf } from '~/domain/barriers/key-points/stances';
import { rememberedPlace } from './remembered-place';
import type { RouteArgs } from './request-context';

/** Returns what `StanceForm` needs to know of whoever is asked for a stance on a key point. */
export async function stanceQuestion({ context, request }: RouteArgs, keyPointId: string) {
  const { app, visit } = context;
  const { person } = visit.visitor;
  return {
    own: person ? await stanceOf(app.db.reader, keyPointId, person.id) : null,
    asks: person === null || mayPost(visit.visitor),
    country: person?.country ? null : (await rememberedPlace(context, request)).country,
    isVisitor: person === null,
  };
}
