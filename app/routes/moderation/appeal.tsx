import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { keyField } from '~/domain/forum/posts/submission-fields';
import { APPEAL_LENGTH, appeal } from '~/domain/moderation/decisions/appeal';
import { decisionFor } from '~/domain/moderation/decisions/decision';
import { messagesOf } from '~/domain/moderation/decisions/decision-messages';
import { pathTo } from '~/platform/paths';
import { visibleText } from '~/platform/text/visible';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { ErrorSummary } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { AppealForm } from '~/ui/moderation/appeal';

/** The appeal form on its own page: for links, and when it came back with an error. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requirePerson(context, request);
  const { app, visit } = context;
  const found = await decisionFor(app, visit.visitor, params.id ?? '');
  if (!found?.isAuthor) throw notFound();
  const { decision, thread, outcome, noAppeal } = found;
  const about = {
    thread,
    until: decision.until,
    day: decision.createdAt,
  };
  return {
    head: { title: visit.i18n.t('moderation.appeal.title'), noindex: true },
    id: decision.id,
    formKey: newFormKey(),
    what: messagesOf(visit.i18n, outcome, about).page,
    noAppeal,
  };
}

const fields = z.object({
  body: z
    .string('moderation.error.appealBody')
    .transform(visibleText)
    .pipe(
      z
        .string()
        .min(1, 'moderation.error.appealBody')
        .max(APPEAL_LENGTH, 'moderation.error.appealLong'),
    ),
  key: keyField,
});

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app } = context;
  const decisionId = params.id ?? '';
  return submit({ request, context }, fields, async ({ body, key }) => {
    return redirectOnce(app, { by: person.id, key, sent: { decisionId, body } }, async (tx) => {
      await appeal(tx, app, person, { decisionId, body });
      return pathTo('/decisions/:id', { id: decisionId });
    });
  });
}

export default function Appeal() {
  const { id, formKey, what, noAppeal } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t } = useI18n();
  return (
    <article className="decision">
      <h1>{t('moderation.appeal.title')}</h1>
      <p className="lead">{what}</p>
      <ErrorSummary />
      {noAppeal && !state && <p className="notice">{t(`moderation.appeal.no.${noAppeal}`)}</p>}
      {(!noAppeal || state) && <AppealForm decisionId={id} formKey={formKey} />}
      <LinkLine href={pathTo('/decisions/:id', { id })} label={t('moderation.told.read')} />
    </article>
  );
}
