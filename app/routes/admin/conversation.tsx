import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  closeConversation,
  publishConversation,
  reopenConversation,
  setWindow,
} from '~/domain/forum/conversations/change';
import { conversationById } from '~/domain/forum/conversations/conversations';
import { questionsOf } from '~/domain/forum/threads/threads';
import { readerOf } from '~/domain/forum/visibility';
import { DAY } from '~/platform/clock';
import { dayOf, readDay } from '~/platform/day';
import { pathTo } from '~/platform/paths';
import { submit } from '~/server/forms';
import { notFound, requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { doneIn } from '~/ui/admin/done';
import { ErrorSummary, Input, Status, Submit } from '~/ui/forms/fields';
import { Questions } from '~/ui/forum/questions';
import { threadRowView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

const ACTS = ['publish', 'close', 'reopen', 'window'] as const;

/** A day in UTC, or nothing. */
const day = z
  .string()
  .default('')
  .refine((text) => text === '' || readDay(text) !== null, 'conversations.error.date')
  .transform(readDay);

const fields = z.object({ action: z.enum(ACTS), opens: day, closes: day });

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  requireAdministrator(context);
  const { app, visit } = context;
  const db = app.db.reader;
  const found = await conversationById(db, params.id ?? '');
  if (!found) throw notFound();
  const { id, slug, title, language, state, opensAt, closesAt } = found;
  const questions = await questionsOf(db, id, readerOf(visit.visitor));
  return {
    head: { title, noindex: true },
    ...{ id, slug, title, language, state },
    opens: opensAt === null ? '' : dayOf(opensAt),
    // The last day on which it takes posts.
    closes: closesAt === null ? '' : dayOf(closesAt - 1),
    posts: questions.reduce((sum, { answers }) => sum + answers, 0),
    questions: questions.map((row) => threadRowView(row, visit.i18n)),
    done: doneIn(request, ACTS),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  requireAdministrator(context);
  const { db, clock } = context.app;
  const id = params.id ?? '';
  if (!(await conversationById(db.reader, id))) throw notFound();
  return submit({ request, context }, fields, async ({ action: wish, opens, closes }) => {
    const now = clock.now();
    await db.write(async (tx) => {
      if (wish === 'publish') await publishConversation(tx, id, now);
      if (wish === 'close') await closeConversation(tx, id, now);
      if (wish === 'reopen') await reopenConversation(tx, id);
      if (wish === 'window') {
        const closesAt = closes === null ? null : closes + DAY;
        await setWindow(tx, id, { opensAt: opens, closesAt }, now);
      }
    });
    return redirect(`${pathTo('/admin/conversations/:id', { id })}?done=${wish}`, 303);
  });
}

export default function AdminConversation() {
  const data = useLoaderData<typeof loader>();
  const { id, slug, title, language, state, questions, posts, done } = data;
  const { t } = useI18n();
  const here = pathTo('/admin/conversations/:id', { id });
  const act = ({ draft: 'publish', open: 'close', closed: 'reopen' } as const)[state];
  return (
    <>
      <AdminNav current="conversations" />
      <div className="single">
        <h1 lang={language} dir="auto">
          {title}
        </h1>
        <p>{t(`admin.conversations.state.${state}`)}</p>
        {done && <Status>{t(`admin.conversations.done.${done}`)}</Status>}
        <ErrorSummary />
        <LinkLine href={pathTo('/c/:slug', { slug })} label={t('admin.conversations.look')} />
        <LinkLine
          href={pathTo('/admin/conversations/:id/translations', { id })}
          label={t('admin.translations.title')}
        />
        <h2>{t('conversations.questions', { n: questions.length })}</h2>
        <Questions questions={questions} />
        <form method="post" action={here}>
          <input type="hidden" name="action" value={act} />
          <p className="quiet">
            {t(`admin.conversations.does.${act}`, { n: questions.length, posts })}
          </p>
          <Submit
            label={t(`admin.conversations.act.${act}`)}
            look={act === 'close' ? 'danger' : 'primary'}
          />
        </form>
        {state !== 'closed' && (
          <form method="post" action={here}>
            <h2>{t('admin.conversations.window')}</h2>
            <input type="hidden" name="action" value="window" />
            <Input
              name="opens"
              type="date"
              label={t('admin.conversations.opens')}
              hint={t('admin.conversations.opensHint')}
              value={data.opens}
            />
            <Input
              name="closes"
              type="date"
              label={t('admin.conversations.closes')}
              hint={t('admin.conversations.closesHint')}
              value={data.closes}
            />
            <Submit label={t('admin.conversations.act.window')} />
          </form>
        )}
      </div>
    </>
  );
}
