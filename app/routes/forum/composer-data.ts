import type { AppLoadContext } from '@remix-run/node';
import { draftAt } from '~/domain/forum/drafts/drafts';
import { newFormKey } from '~/server/forms';
import { allowScript, keepTyped } from '~/server/headers';
import { rememberedPlace } from '~/server/remembered-place';
import type { ComposerData } from '~/ui/forum/composer';
import { draftView } from '~/ui/forum/draft-line';
import { keptName } from '~/ui/forum/keep-text';
import { sayWhatFollows } from '~/ui/forum/waiting';

/** Loads what a form needs that writes a post for a place (see `drafts.place`). */
export async function composerData(
  context: AppLoadContext,
  request: Request,
  place: string,
): Promise<ComposerData> {
  const { app, visit } = context;
  const { person } = visit.visitor;
  if (person) allowScript(visit.headers);
  keepTyped(visit.headers);
  const draft = person && (await draftAt(app.db.reader, person.id, place));
  return {
    draft: draftView(draft, app.clock.now()),
    keptName: keptName(person, place),
    key: newFormKey(),
    last: await rememberedPlace(context, request),
    next: await sayWhatFollows(context, place),
  };
}
