import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  LONGEST_MESSAGE,
  LONGEST_SUBJECT,
  messageField,
  subjectField,
} from '~/domain/moderation/modmail/fields';
import {
  conversationsOf,
  countMessage,
  startConversation,
} from '~/domain/moderation/modmail/modmail';
import { pathTo } from '~/platform/paths';
import { newFormKey, redirectOnce, submit } from '~/server/forms';
import { requirePerson } from '~/server/guards';
import { ErrorSummary, FormKey, Input, Submit, TextArea } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';
import { ConversationList } from '~/ui/moderation/modmail-conversation';

const fields = z.object({
  subject: subjectField,
  body: messageField,
  key: z.string().optional(),
});

/** Messages to the moderators: for everyone with an account, even if suspended. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = requirePerson(context, request);
  return {
    head: { title: context.visit.i18n.t('guard.talk.title'), noindex: true },
    conversations: await conversationsOf(context.app.db.reader, person.id),
    key: newFormKey(),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = requirePerson(context, request);
  const { app } = context;
  return submit({ request, context }, fields, async ({ key, ...conversation }) => {
    await countMessage(app, person);
    return redirectOnce(app, { by: person.id, key, sent: conversation }, async (tx) => {
      return pathTo('/modmail/:id', { id: await startConversation(tx, app, person, conversation) });
    });
  });
}

export default function Modmail() {
  const { conversations, key } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="single">
      <h1>{t('guard.talk.title')}</h1>
      <p className="lead">{t('guard.talk.lead')}</p>
      <ErrorSummary />
      {conversations.length > 0 && (
        <>
          <h2>{t('guard.talk.yours')}</h2>
          <ConversationList
            conversations={conversations}
            base={pathTo('/modmail')}
            asModerator={false}
          />
          <h2>{t('guard.talk.new')}</h2>
        </>
      )}
      <form method="post" action={pathTo('/modmail')}>
        <FormKey value={key} />
        <Input
          name="subject"
          label={t('guard.talk.subject')}
          maxLength={LONGEST_SUBJECT}
          dir="auto"
          required
        />
        <TextArea
          name="body"
          label={t('guard.talk.body')}
          hint={t('guard.talk.bodyHint')}
          maxLength={LONGEST_MESSAGE}
          required
        />
        <Submit label={t('guard.talk.send')} />
      </form>
    </div>
  );
}
