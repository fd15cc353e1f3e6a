import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { nextCase } from '~/domain/moderation/cases/queue';
import { readCase } from '~/domain/moderation/decisions/evidence';
import { previewNotice } from '~/domain/moderation/decisions/preview';
import { pathTo } from '~/platform/paths';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { allowScript } from '~/server/headers';
import {
  act,
  decisionIn,
  isChosen,
  MODERATION_LISTS,
  moderationForm,
} from '~/server/moderation-form';
import { safeRedirect } from '~/server/safe-redirect';
import { Case } from '~/ui/moderation/case';
import { caseView } from '~/ui/moderation/case-view';
import { Desk, deskLinks } from '~/ui/moderation/desk';
import { deskQueue } from '~/ui/moderation/desk-queue';

export const links = deskLinks;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { app, visit } = context;
  const found = await readCase(app, params.id ?? '', moderator);
  if (!found?.id) throw notFound();
  allowScript(visit.headers);
  const { searchParams } = new URL(request.url);
  const title = visit.i18n.t('moderation.case.title', { author: found.author.handle });
  return {
    head: { title, noindex: true },
    queue: await deskQueue(context, moderator.id, searchParams),
    next: await nextCase(app.db.reader, app.clock, found.id),
    formKey: newFormKey(),
    id: found.id,
    view: caseView(found, context, searchParams),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { app } = context;
  const caseId = params.id ?? '';
  return submit(
    { request, context },
    moderationForm,
    async (input, typed) => {
      const { action } = input;
      if (input.preview && isChosen(action)) {
        const wanted = decisionIn({ ...input, action });
        return { ...typed, notice: await previewNotice(app, wanted, { caseId }) };
      }
      return redirectOnce(
        app,
        { by: moderator.id, key: input.key, sent: { caseId, input } },
        async (tx) => {
          await act(tx, app, moderator, caseId, input);
          return safeRedirect(input.back, pathTo('/mod/cases/:id', { id: caseId }));
        },
      );
    },
    MODERATION_LISTS,
  );
}

export default function CasePage() {
  const { queue, view, id, formKey, next } = useLoaderData<typeof loader>();
  return (
    <Desk queue={queue} current={id}>
      <Case view={view} action={pathTo('/mod/cases/:id', { id })} formKey={formKey} next={next} />
    </Desk>
  );
}
