import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { personByHandle } from '~/domain/accounts/users/accounts';
import { caseSubjectOf } from '~/domain/moderation/cases/case-subject';
import type { SubjectRef } from '~/domain/moderation/cases/open-case';
import { decideOn } from '~/domain/moderation/decisions/decide';
import { latestCaseOf, readSubject } from '~/domain/moderation/decisions/evidence';
import { previewNotice } from '~/domain/moderation/decisions/preview';
import type { AppContext } from '~/platform/app-context';
import { DomainError } from '~/platform/errors';
import { pathTo } from '~/platform/paths';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { allowScript } from '~/server/headers';
import { decisionIn, isChosen, MODERATION_LISTS, moderationForm } from '~/server/moderation-form';
import { safeRedirect } from '~/server/safe-redirect';
import { Case } from '~/ui/moderation/case';
import { caseView } from '~/ui/moderation/case-view';
import { Desk, deskLinks } from '~/ui/moderation/desk';
import { deskQueue } from '~/ui/moderation/desk-queue';

export const links = deskLinks;

/*
 * Returns a post or person that a moderator opens without a case; deciding creates one. If there is
 * already a case, redirects to it.
 */

async function subjectOf(
  app: AppContext,
  params: { id?: string; handle?: string },
): Promise<SubjectRef | null> {
  if (params.id !== undefined) return { postId: params.id };
  const person = await personByHandle(app.db.reader, params.handle ?? '');
  return person && { personId: person.id };
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { app, visit } = context;
  const ref = await subjectOf(app, params);
  if (!ref || 'threadId' in ref) throw notFound();
  const caseId = await latestCaseOf(app.db.reader, ref);
  if (caseId && visit.method !== 'POST')
    throw redirect(pathTo('/mod/cases/:id', { id: caseId }), 303);
  const found = await readSubject(app, ref, moderator);
  if (!found || ('postId' in ref && !found.post)) throw notFound();
  allowScript(visit.headers);
  const { searchParams } = new URL(request.url);
  const title = visit.i18n.t('moderation.case.title', { author: found.author.handle });
  return {
    head: { title, noindex: true },
    queue: await deskQueue(context, moderator.id, searchParams),
    formKey: newFormKey(),
    action: new URL(request.url).pathname,
    view: caseView(found, context, searchParams),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { app } = context;
  const ref = await subjectOf(app, params);
  const subject = ref && (await caseSubjectOf(app.db.reader, ref));
  if (!ref || !subject) throw notFound();
  return submit(
    { request, context },
    moderationForm,
    async (input, typed) => {
      const { action } = input;
      if (!isChosen(action)) {
        throw new DomainError('invalid', 'moderation.error.action', { field: 'action' });
      }
      if (input.preview) {
        const wanted = decisionIn({ ...input, action });
        return { ...typed, notice: await previewNotice(app, wanted, { subject }) };
      }
      return redirectOnce(
        app,
        { by: moderator.id, key: input.key, sent: { ref, input } },
        async (tx) => {
          const decision = decisionIn({ ...input, action });
          const caseId = await decideOn(tx, app, moderator, ref, decision);
          return safeRedirect(input.back, pathTo('/mod/cases/:id', { id: caseId }));
        },
      );
    },
    MODERATION_LISTS,
  );
}

export default function SubjectPage() {
  const { queue, view, action: path, formKey } = useLoaderData<typeof loader>();
  return (
    <Desk queue={queue}>
      <Case view={view} action={path} formKey={formKey} next={null} />
    </Desk>
  );
}
