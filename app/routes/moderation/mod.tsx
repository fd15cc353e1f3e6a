import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { keyField } from '~/domain/forum/posts/submission-fields';
import { decideMany } from '~/domain/moderation/decisions/bulk';
import { BULK_ACTIONS } from '~/domain/moderation/lists';
import { pathTo } from '~/platform/paths';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { allowScript } from '~/server/headers';
import { ErrorSummary } from '~/ui/forms/fields';
import { Gap, useI18n } from '~/ui/i18n';
import { formatAge } from '~/ui/moderation/age';
import { deskLinks, Queue } from '~/ui/moderation/desk';
import { deskCounts } from '~/ui/moderation/desk-counts';
import { DeskNav } from '~/ui/moderation/desk-nav';
import { deskQueue } from '~/ui/moderation/desk-queue';
import { KeyHelp } from '~/ui/moderation/key-help';

export const links = deskLinks;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { visit } = context;
  const search = new URL(request.url).searchParams;
  const queue = await deskQueue(context, moderator.id, search);
  if (queue.page > queue.pages) throw notFound();
  allowScript(visit.headers);
  const count = (name: string) => Number(/^\d{1,4}$/.exec(search.get(name) ?? '')?.[0] ?? 0);
  return {
    head: { title: visit.i18n.t('moderation.desk.title'), noindex: true },
    counts: await deskCounts(context, queue.open),
    queue,
    formKey: newFormKey(),
    done: search.has('done') ? { done: count('done'), left: count('left') } : null,
  };
}

const fields = z.object({
  bulk: z.enum(BULK_ACTIONS, { error: 'moderation.error.action' }),
  case: z
    .array(z.string())
    .default([])
    .refine((list) => list.length > 0, 'moderation.error.none'),
  key: keyField,
});

/** Applies the same decision to all selected cases. */
export async function action({ request, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { app } = context;
  return submit(
    { request, context },
    fields,
    async (input) => {
      return redirectOnce(app, { by: moderator.id, key: input.key, sent: input }, async (tx) => {
        const wanted = { caseIds: input.case, action: input.bulk };
        const { done, left } = await decideMany(tx, app, moderator, wanted);
        return pathTo(`/mod?done=${done}&left=${left}`);
      });
    },
    ['case'],
  );
}

export default function ModerationDesk() {
  const { queue, formKey, done, counts } = useLoaderData<typeof loader>();
  const { t, locale } = useI18n();
  const oldest = Math.max(0, ...queue.cases.map(({ waited }) => waited));
  return (
    <>
      <DeskNav current="cases" counts={counts} />
      <h1>{t('moderation.desk.title')}</h1>
      <ErrorSummary />
      {done && <p className="notice">{t('moderation.desk.bulk.done', done)}</p>}
      <p>
        {queue.open === 0
          ? t('moderation.desk.allDone')
          : t('moderation.desk.open', { count: queue.open })}
        {queue.page === 1 && oldest > 0 && queue.query.sort === 'oldest' && (
          <>
            <Gap />
            {t('moderation.desk.oldest', { age: formatAge(locale, oldest) })}
          </>
        )}
      </p>
      <Queue queue={queue} bulkKey={formKey} />
      <KeyHelp />
    </>
  );
}
