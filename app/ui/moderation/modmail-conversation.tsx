import type { conversationsOf, readConversation } from '~/domain/moderation/modmail/modmail';
import { Handle } from '~/ui/accounts/handle';
import { useI18n } from '~/ui/i18n';
import { Name, Said } from '~/ui/moderation/words';
import { Meta } from '~/ui/row';
import { Minute } from '~/ui/time';

type Conversation = NonNullable<Awaited<ReturnType<typeof readConversation>>>;

/** The messages of a conversation, oldest first; moderators are shown by handle. */
export function Messages({ messages }: Pick<Conversation, 'messages'>) {
  const { t } = useI18n();
  return (
    <ol className="rows">
      {messages.map((message) => (
        <li key={message.id}>
          <Meta>
            <span>
              <b>
                <Handle of={message.by} />
              </b>
            </span>
            {message.fromModerators && <span>{t('guard.talk.forModerators')}</span>}
            <Minute ms={message.createdAt} />
          </Meta>
          <Said>{message.body}</Said>
        </li>
      ))}
    </ol>
  );
}

interface ConversationListProps {
  conversations: Awaited<ReturnType<typeof conversationsOf>>;
  /** The URL of each conversation, without its id. */
  base: string;
  /** Moderators see who wrote and what waits for moderators; members what waits for them. */
  asModerator: boolean;
}

export function ConversationList({ conversations, base, asModerator }: ConversationListProps) {
  const { t } = useI18n();
  // Moderators see only this list; members see it below another heading.
  const Title = asModerator ? 'h2' : 'h3';
  return (
    <ol className="rows">
      {conversations.map((conversation) => (
        <li key={conversation.id}>
          <Title>
            <a href={`${base}/${conversation.id}`} dir="auto">
              {conversation.subject}
            </a>
          </Title>
          <Meta>
            {asModerator && <Name>{conversation.person}</Name>}
            <span>{t(turnKey(conversation, asModerator))}</span>
            <Minute ms={conversation.activeAt} />
          </Meta>
        </li>
      ))}
    </ol>
  );
}

function turnKey(
  { closedAt, awaitsModerators }: ConversationListProps['conversations'][number],
  asModerator: boolean,
) {
  if (closedAt !== null) return 'guard.talk.closed';
  if (awaitsModerators) return asModerator ? 'guard.talk.waitsForUs' : 'guard.talk.waitsForThem';
  return 'guard.talk.answered';
}
