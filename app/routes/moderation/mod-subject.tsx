import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { personByHandle } from '~/domain/accounts/users/accounts';
import { once } from '~/domain/forum/posts/submissions';
import { matterOf } from '~/domain/moderation/cases/case-subject';
import { latestCaseOf, readPostMatter } from '~/domain/moderation/cases/cases';
import { openCase, type Subject } from '~/domain/moderation/cases/open-case';
import { previewNotice } from '~/domain/moderation/decisions/preview';
import type { Site } from '~/platform/app-context';
import { Refusal } from '~/platform/errors';
import { newFormKey, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import {
  act,
  decisionIn,
  isChosen,
  MODERATION_LISTS,
  moderationForm,
} from '~/server/moderation-form';
import { ownPath } from '~/server/safe-redirect';
import { Case } from '~/ui/moderation/case';
import { caseView } from '~/ui/moderation/case-view';
import { Desk, deskLinks } from '~/ui/moderation/desk';
import { deskQueue } from '~/ui/moderation/desk-queue';

export const links = deskLinks;

/*
 * A post or a person that a moderator takes up unasked: the same desk, before there is a case.
 * Deciding opens one. A post or person that has a case is led to it.
 */

async function subjectOf(
  site: Site,
  params: { id?: string; handle?: string },
): Promise<Subject | null> {
  if (params.id !== undefined) return { postId: params.id };
  const person = await personByHandle(site.db.reader, params.handle ?? '');
  return person && { personId: person.id };
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { site, visit } = context;
  const subject = await subjectOf(site, params);
  if (!subject || 'threadId' in subject) throw notFound();
  const caseId = await latestCaseOf(site.db.reader, subject);
  if (caseId && visit.method !== 'POST') throw redirect(`/mod/cases/${caseId}`, 303);
  const matter = await readPostMatter(site, subject, moderator);
  if (!matter || ('postId' in subject && !matter.post)) throw notFound();
  const title = visit.i18n.t('moderation.case.title', { author: matter.author.handle });
  return {
    head: { title, noindex: true },
    queue: await deskQueue(context, moderator.id, new URL(request.url).searchParams),
    formKey: newFormKey(),
    action: new URL(request.url).pathname,
    matter: caseView(matter, context),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { site } = context;
  const subject = await subjectOf(site, params);
  const matter = subject && (await matterOf(site.db.reader, subject));
  if (!subject || !matter) throw notFound();
  return submit(
    { request, context },
    moderationForm,
    async (input, typed) => {
      const { action } = input;
      if (!isChosen(action)) {
        throw new Refusal('invalid', 'moderation.error.action', { field: 'action' });
      }
      if (input.preview) {
        const wanted = decisionIn({ ...input, action });
        return { ...typed, notice: await previewNotice(site, wanted, { matter }) };
      }
      const location = await site.db.write((tx) =>
        once(tx, site.clock, moderator.id, input.key, async () => {
          const caseId = await openCase(tx, site.clock, { subject, cause: 'moderator' });
          await act(tx, site, moderator, caseId, input);
          return ownPath(input.back) ?? `/mod/cases/${caseId}`;
        }),
      );
      return redirect(location, 303);
    },
    MODERATION_LISTS,
  );
}

export default function SubjectPage() {
  const { queue, matter, action: path, formKey } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  return (
    <Desk queue={queue}>
      <Case matter={matter} action={path} formKey={formKey} state={state} next={null} />
    </Desk>
  );
}
