import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  CONVERSATION_ACTS,
  type ConversationAct,
  changeConversation,
  changeDays,
  conversationChanges,
  daysOf,
  undoConversation,
} from '~/domain/administration/change-conversation';
import { conversationById, standingOf } from '~/domain/forum/conversations/conversations';
import { questionsOf } from '~/domain/forum/threads/threads';
import { readerOf } from '~/domain/forum/visibility';
import { othersPosted } from '~/domain/import-export/conversation-record';
import { readDay } from '~/platform/day';
import { pathTo } from '~/platform/paths';
import { seenOf } from '~/platform/stale-form';
import { submit } from '~/server/forms';
import { notFound, requireAdministrator } from '~/server/guards';
import { AdminNav } from '~/ui/admin/admin-nav';
import { conversationChangeView } from '~/ui/admin/conversation-changes';
import { doneIn } from '~/ui/admin/done';
import { RecordedChanges } from '~/ui/admin/recorded-changes';
import { ErrorSummary, Input, Status, Submit } from '~/ui/forms/fields';
import { Questions } from '~/ui/forum/questions';
import { threadRowView } from '~/ui/forum/view';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';

export const links = deskLinks;

const ACTS = Object.keys(CONVERSATION_ACTS) as ConversationAct[];
const DONE = [...ACTS, 'window', 'undo'] as const;

/** A day in UTC, or nothing. */
const day = z
  .string()
  .trim()
  .default('')
  .refine((text) => text === '' || readDay(text) !== null, 'conversations.error.date');

const fields = z.discriminatedUnion('action', [
  z.object({ action: z.enum(ACTS) }),
  z.object({ action: z.literal('window'), opens: day, closes: day, seen: z.string().optional() }),
  z.object({ action: z.literal('undo'), change: z.string() }),
]);

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { id: personId } = requireAdministrator(context);
  const { app, visit } = context;
  const db = app.db.reader;
  const found = await conversationById(db, params.id ?? '');
  if (!found) throw notFound();
  const { id, slug, title, language } = visit.i18n.titled('conversation', found);
  const questions = await questionsOf(db, id, readerOf(visit.visitor));
  const changes = await conversationChanges(db, id);
  return {
    head: { title, noindex: true },
    ...{ id, slug, title, language },
    standing: standingOf(found),
    days: daysOf(found),
    seen: seenOf(daysOf(found)),
    posts: questions.reduce((sum, { answers }) => sum + answers, 0),
    isAnswered: await othersPosted(db, id, personId),
    questions: questions.map((row) => threadRowView(row, visit.i18n)),
    changes: changes.map((change) => conversationChangeView(change, visit.i18n)),
    done: doneIn(request, DONE),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { id: personId } = requireAdministrator(context);
  const { app } = context;
  const id = params.id ?? '';
  if (!(await conversationById(app.db.reader, id))) throw notFound();
  const change = { id, personId };
  return submit({ request, context }, fields, async (input) => {
    await app.db.write(async (tx) => {
      if (input.action === 'window') await changeDays(tx, app, change, daysIn(input), input);
      else if (input.action === 'undo') await undoConversation(tx, app, change, input.change);
      else await changeConversation(tx, app, change, input.action);
    });
    return redirect(`${pathTo('/admin/conversations/:id', { id })}?done=${input.action}`, 303);
  });
}

const daysIn = ({ opens, closes }: Record<'opens' | 'closes', string>) => ({ opens, closes });

export default function AdminConversation() {
  const { changes, ...data } = useLoaderData<typeof loader>();
  const { id, slug, title, language, standing, questions, done } = data;
  const { t } = useI18n();
  const here = pathTo('/admin/conversations/:id', { id });
  const isDeleted = standing === 'deleted';
  return (
    <>
      <AdminNav current="conversations" />
      <div className="single">
        <h1 lang={language} dir="auto">
          {title}
        </h1>
        <p>{t(`admin.conversations.state.${standing}`)}</p>
        {done && <Status>{t(`admin.conversations.done.${done}`)}</Status>}
        <ErrorSummary />
        {!isDeleted && (
          <>
            <LinkLine href={pathTo('/c/:slug', { slug })} label={t('admin.conversations.look')} />
            <LinkLine
              href={pathTo('/admin/conversations/:id/translations', { id })}
              label={t('admin.translations.title')}
            />
            <h2>{t('conversations.questions', { n: questions.length })}</h2>
            <Questions questions={questions} />
            <Acts />
            {standing !== 'closed' && <Days />}
          </>
        )}
        {isDeleted && <p>{t('admin.conversations.deletedHint')}</p>}
        <RecordedChanges changes={changes} page={here} />
      </div>
    </>
  );
}

/** What can be done now, each with what it does. */
function Acts() {
  const { id, standing, questions, posts, isAnswered } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const possible = ACTS.filter((act) =>
    CONVERSATION_ACTS[act].some((state) => state === standing),
  ).filter((act) => act !== 'withdraw' || !isAnswered);
  return possible.map((act) => (
    <form key={act} method="post" action={pathTo('/admin/conversations/:id', { id })}>
      <input type="hidden" name="action" value={act} />
      <p className="quiet">
        {t(`admin.conversations.does.${act}`, { n: questions.length, posts })}
      </p>
      <Submit
        label={t(`admin.conversations.act.${act}`)}
        look={act === 'publish' || act === 'reopen' ? 'primary' : 'danger'}
      />
    </form>
  ));
}

/** The days between which it takes posts. */
function Days() {
  const { id, days, seen } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <form method="post" action={pathTo('/admin/conversations/:id', { id })}>
      <h2>{t('admin.conversations.window')}</h2>
      <input type="hidden" name="action" value="window" />
      <input type="hidden" name="seen" value={seen} />
      <Input
        name="opens"
        type="date"
        label={t('admin.conversations.opens')}
        hint={t('admin.conversations.opensHint')}
        value={days.opens}
      />
      <Input
        name="closes"
        type="date"
        label={t('admin.conversations.closes')}
        hint={t('admin.conversations.closesHint')}
        value={days.closes}
      />
      <Submit label={t('admin.conversations.act.window')} />
    </form>
  );
}
