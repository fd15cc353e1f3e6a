import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { LONGEST_MESSAGE, messageField } from '~/domain/moderation/modmail/fields';
import {
  addMessage,
  readConversation,
  setConversationClosed,
} from '~/domain/moderation/modmail/modmail';
import { pathTo } from '~/platform/paths';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requireModerator } from '~/server/guards';
import { ErrorSummary, FormKey, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { deskLinks } from '~/ui/moderation/desk';
import { Messages } from '~/ui/moderation/modmail-conversation';
import { Meta, Row } from '~/ui/row';

export const links = deskLinks;

const key = z.string().optional();
const fields = z.discriminatedUnion(
  'action',
  [
    z.object({ action: z.literal('reply'), body: messageField, key }),
    z.object({ action: z.literal('close'), key }),
    z.object({ action: z.literal('open'), key }),
  ],
  { error: 'moderation.error.action' },
);

export async function loader({ params, context }: LoaderFunctionArgs) {
  const moderator = requireModerator(context);
  const conversation = await readConversation(context.app.db.reader, params.id ?? '');
  if (!conversation) throw notFound();
  return {
    head: { title: conversation.subject, noindex: true },
    conversation,
    own: conversation.personId === moderator.id,
    key: newFormKey(),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const moderator = requireModerator(context);
  const { app } = context;
  const conversationId = params.id ?? '';
  return submit({ request, context }, fields, async (input) => {
    return redirectOnce(
      app,
      { by: moderator.id, key: input.key, sent: { conversationId, input } },
      async (tx) => {
        if (input.action === 'reply') {
          await addMessage(tx, app, moderator, {
            conversationId,
            body: input.body,
            asModerator: true,
          });
        } else {
          await setConversationClosed(tx, app, moderator, {
            conversationId,
            closed: input.action === 'close',
          });
        }
        return input.action === 'close'
          ? pathTo('/mod/modmail')
          : pathTo('/mod/modmail/:id', { id: conversationId });
      },
    );
  });
}

export default function ModModmailConversation() {
  const { conversation, own, key } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <LinkLine className="desk-back" href={pathTo('/mod/modmail')} label={t('guard.talk.desk')} />
      <h1 dir="auto">{conversation.subject}</h1>
      <Meta>
        <a href={pathTo('/mod/people/:handle', { handle: conversation.person })}>
          <bdi>{conversation.person}</bdi>
        </a>
        {conversation.closedAt !== null && <span>{t('guard.talk.closed')}</span>}
      </Meta>
      <ErrorSummary />
      <Messages messages={conversation.messages} />
      {own ? (
        <p className="notice">{t('guard.talk.own')}</p>
      ) : (
        <form method="post" action={pathTo('/mod/modmail/:id', { id: conversation.id })}>
          <FormKey value={key} />
          <TextArea
            name="body"
            label={t('guard.talk.reply')}
            hint={t('guard.talk.replyHint')}
            maxLength={LONGEST_MESSAGE}
          />
          <Row className="actions">
            <Submit name="action" value="reply" label={t('guard.talk.sendReply')} />
            <button
              type="submit"
              name="action"
              value={conversation.closedAt === null ? 'close' : 'open'}
            >
              {t(conversation.closedAt === null ? 'guard.talk.close' : 'guard.talk.open')}
            </button>
          </Row>
        </form>
      )}
    </div>
  );
}
