import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { personByHandle } from '~/domain/accounts/users/accounts';
import { recordOfDecisions } from '~/domain/accounts/users/directory';
import { countPostStates, recordOfPosts } from '~/domain/forum/posts/posts-by-author';
import {
  LONGEST_MESSAGE,
  LONGEST_NOTE,
  LONGEST_SUBJECT,
  messageField,
  subjectField,
} from '~/domain/moderation/modmail/fields';
import { conversationsOf, startConversationWith } from '~/domain/moderation/modmail/modmail';
import { addNote, notesOn } from '~/domain/moderation/modmail/notes';
import { pathTo } from '~/platform/paths';
import { visibleText } from '~/platform/text/visible';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { ErrorSummary, FormKey, Input, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { ConversationList } from '~/ui/moderation/modmail-conversation';
import { ruleTitle } from '~/ui/moderation/names';
import { ExcerptLink, Name, Said, Since } from '~/ui/moderation/words';
import { Meta, Row, UNSEEN } from '~/ui/row';
import { Day, Minute } from '~/ui/time';

export const links = deskLinks;

const key = z.string().optional();
const noteField = z
  .string('site.error.required')
  .transform(visibleText)
  .pipe(z.string().min(1, 'site.error.required').max(LONGEST_NOTE, 'moderation.error.noteLength'));
const fields = z.discriminatedUnion(
  'action',
  [
    z.object({ action: z.literal('note'), note: noteField, key }),
    z.object({ action: z.literal('write'), subject: subjectField, body: messageField, key }),
  ],
  { error: 'moderation.error.action' },
);

/** The record of a person for moderators. Actions are on the page beside it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const { app, visit } = context;
  const db = app.db.reader;
  const person = await personByHandle(db, params.handle ?? '');
  if (!person || person.erasedAt !== null) throw notFound();
  // Moderators do not see notes about themselves.
  const own = person.id === moderator.id;
  return {
    head: {
      title: visit.i18n.t('guard.people.record', { handle: person.handle }),
      noindex: true,
    },
    person: {
      handle: person.handle,
      name: person.name,
      role: person.role,
      createdAt: person.createdAt,
      importedAt: person.importedAt,
      suspendedUntil: (person.suspendedUntil ?? 0) > app.clock.now() ? person.suspendedUntil : null,
    },
    own,
    notes: own ? [] : await notesOn(db, person.id),
    states: totals(await countPostStates(db, person.id)),
    posts: (await recordOfPosts(db, person.id)).map((post) => ({
      ...post,
      state: shownState(post),
      thread: visit.i18n.titled('thread', post.thread),
    })),
    decisions: await recordOfDecisions(db, person.id),
    conversations: own ? [] : await conversationsOf(db, person.id),
    key: newFormKey(),
  };
}

type PostStates = Awaited<ReturnType<typeof countPostStates>>;
type ShownState = PostStates[number]['state'] | 'draft';

/** A visible post in a draft or hidden thread is not public. */
function shownState({ state, threadState }: Omit<PostStates[number], 'count'>): ShownState {
  if (state !== 'visible') return state;
  return threadState === 'draft' || threadState === 'hidden' ? threadState : state;
}

function totals(rows: PostStates) {
  const counts = new Map<ShownState, number>();
  for (const row of rows) {
    const state = shownState(row);
    counts.set(state, (counts.get(state) ?? 0) + row.count);
  }
  return [...counts].map(([state, count]) => ({ state, count }));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { app } = context;
  const person = await personByHandle(app.db.reader, params.handle ?? '');
  if (!person || person.erasedAt !== null || person.id === moderator.id) throw notFound();
  const here = pathTo('/mod/people/:handle/record', { handle: person.handle });
  return submit({ request, context }, fields, async (input) => {
    return redirectOnce(
      app,
      { by: moderator.id, key: input.key, sent: { person: person.id, input } },
      async (tx) => {
        if (input.action === 'note') {
          await addNote(tx, app.clock, moderator, { personId: person.id, body: input.note });
          return here;
        }
        const { subject, body } = input;
        const conversation = { personId: person.id, subject, body };
        return pathTo('/mod/modmail/:id', {
          id: await startConversationWith(tx, app, moderator, conversation),
        });
      },
    );
  });
}

type RecordData = ReturnType<typeof useLoaderData<typeof loader>>;

export default function PersonRecord() {
  const data = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const { t, day } = useI18n();
  const { person, own, conversations } = data;
  const here = pathTo('/mod/people/:handle', { handle: person.handle });
  return (
    <div className="single">
      <LinkLine
        className="desk-back"
        href={pathTo('/mod/people')}
        label={t('guard.people.title')}
      />
      <h1>
        <bdi>{person.handle}</bdi>
      </h1>
      <Meta>
        {person.name && <Name>{person.name}</Name>}
        <span>{t(`guard.people.role.${person.role}`)}</span>
        <span>
          <Since {...person} />
        </span>
      </Meta>
      {person.suspendedUntil !== null && (
        <p className="notice warning">
          {t('guard.people.suspendedUntil', { day: day(person.suspendedUntil) })}
        </p>
      )}
      <ErrorSummary />
      <Row className="actions" separator={UNSEEN}>
        <a href={pathTo('/u/:handle', { handle: person.handle })}>{t('guard.people.profile')}</a>
        {!own && <a href={here}>{t('guard.people.act')}</a>}
      </Row>
      <Decisions decisions={data.decisions} />
      {data.posts.length > 0 && <Posts posts={data.posts} states={data.states} />}
      <Notes data={data} action={`${here}/record`} />
      {!own && (
        <section className="evidence">
          <h2>{t('guard.people.talks')}</h2>
          <ConversationList
            conversations={conversations}
            base={pathTo('/mod/modmail')}
            asModerator
          />
          <details open={Boolean(state?.errors.subject || state?.errors.body)}>
            <summary>{t('guard.people.write')}</summary>
            <form method="post" action={`${here}/record`}>
              <FormKey value={data.key} />
              <input type="hidden" name="action" value="write" />
              <Input
                name="subject"
                label={t('guard.talk.subject')}
                maxLength={LONGEST_SUBJECT}
                dir="auto"
                required
              />
              <TextArea
                name="body"
                label={t('guard.talk.reply')}
                maxLength={LONGEST_MESSAGE}
                required
              />
              <button type="submit">{t('guard.talk.sendReply')}</button>
            </form>
          </details>
        </section>
      )}
    </div>
  );
}

interface NotesProps {
  data: RecordData;
  action: string;
}

function Notes({ data, action }: NotesProps) {
  const { t } = useI18n();
  return (
    <section className="evidence">
      <h2>{t('guard.people.notes')}</h2>
      <p className="quiet">{t(data.own ? 'guard.people.ownNotes' : 'guard.people.notesHint')}</p>
      {data.notes.length > 0 && (
        <ul className="rows">
          {data.notes.map((note) => (
            <li key={note.id}>
              <Meta>
                <Name>{note.by}</Name>
                <Minute ms={note.createdAt} />
              </Meta>
              <Said>{note.body}</Said>
            </li>
          ))}
        </ul>
      )}
      {!data.own && (
        <form method="post" action={action}>
          <FormKey value={data.key} />
          <input type="hidden" name="action" value="note" />
          <TextArea
            name="note"
            rows={3}
            label={t('guard.people.addNote')}
            maxLength={LONGEST_NOTE}
            required
          />
          <button type="submit">{t('guard.people.saveNote')}</button>
        </form>
      )}
    </section>
  );
}

function Decisions({ decisions }: Pick<RecordData, 'decisions'>) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <section className="evidence">
      <h2>{t('guard.people.decisions')}</h2>
      {decisions.length === 0 ? (
        <p className="quiet">{t('guard.people.noDecisions')}</p>
      ) : (
        <ul className="rows">
          {decisions.map((decision) => (
            <li key={decision.id}>
              <a href={pathTo('/decisions/:id', { id: decision.id })}>
                {t(`moderation.action.${decision.action}.done`)}
              </a>
              <Meta>
                {decision.rule && <span>{ruleTitle(i18n, decision.rule)}</span>}
                {decision.moderator && <Name>{decision.moderator}</Name>}
                <Day ms={decision.createdAt} />
              </Meta>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Posts({ posts, states }: Pick<RecordData, 'posts' | 'states'>) {
  const { t, number } = useI18n();
  return (
    <section className="evidence">
      <h2>{t('guard.people.posts')}</h2>
      <Meta>
        {states.map(({ state, count }) => (
          <span key={state}>
            {t(`moderation.state.${state}`)} {number(count)}
          </span>
        ))}
      </Meta>
      <ul className="rows">
        {posts.map((post) => (
          <li key={post.id}>
            <ExcerptLink href={pathTo('/mod/posts/:id', { id: post.id })} of={post} />
            <Meta>
              <span>{t(`moderation.state.${post.state}`)}</span>
              <span>
                <bdi lang={post.thread.language}>{post.thread.title}</bdi>
              </span>
              <Day ms={post.createdAt} />
            </Meta>
          </li>
        ))}
      </ul>
    </section>
  );
}
