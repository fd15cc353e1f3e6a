import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { LONGEST_MESSAGE, messageField } from '~/domain/moderation/modmail/fields';
import { addMessage, countMessage, readConversation } from '~/domain/moderation/modmail/modmail';
import { pathTo } from '~/platform/paths';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { notFound, requirePerson } from '~/server/guards';
import { ErrorSummary, FormKey, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { LinkLine } from '~/ui/links';
import { Messages } from '~/ui/moderation/modmail-conversation';

const fields = z.object({ body: messageField, key: z.string().optional() });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  const conversation = await readConversation(context.app.db.reader, params.id ?? '');
  if (conversation?.personId !== person.id) throw notFound();
  return { head: { title: conversation.subject, noindex: true }, conversation, key: newFormKey() };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app } = context;
  const conversationId = params.id ?? '';
  return submit({ request, context }, fields, async ({ key, body }) => {
    await countMessage(app, person);
    return redirectOnce(app, { by: person.id, key, sent: { conversationId, body } }, async (tx) => {
      await addMessage(tx, app, person, { conversationId, body, asModerator: false });
      return pathTo('/modmail/:id', { id: conversationId });
    });
  });
}

export default function ModmailConversation() {
  const { conversation, key } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <LinkLine href={pathTo('/modmail')} label={t('guard.talk.back')} />
      <h1 dir="auto">{conversation.subject}</h1>
      {conversation.closedAt !== null && <p className="quiet">{t('guard.talk.closedNote')}</p>}
      <ErrorSummary />
      <Messages messages={conversation.messages} />
      <form method="post" action={pathTo('/modmail/:id', { id: conversation.id })}>
        <FormKey value={key} />
        <TextArea name="body" label={t('guard.talk.more')} maxLength={LONGEST_MESSAGE} required />
        <Submit label={t('guard.talk.send')} />
      </form>
    </div>
  );
}
