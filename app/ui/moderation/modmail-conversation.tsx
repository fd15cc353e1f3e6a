import type { readTalk, talksOf } from '~/domain/moderation/modmail/modmail';
import { Handle } from '~/ui/accounts/handle';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';
import { Minute } from './time';

type Talk = NonNullable<Awaited<ReturnType<typeof readTalk>>>;

/** The messages of a conversation, oldest first; moderators are shown by handle. */
export function Messages({ messages }: Pick<Talk, 'messages'>) {
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
          <p className="said" dir="auto">
            {message.body}
          </p>
        </li>
      ))}
    </ol>
  );
}

interface TalkListProps {
  talks: Awaited<ReturnType<typeof talksOf>>;
  /** The URL of each conversation, without its id. */
  base: string;
  /** Moderators see who wrote and what waits for moderators; members what waits for them. */
  asModerator: boolean;
}

export function TalkList({ talks, base, asModerator }: TalkListProps) {
  const { t } = useI18n();
  // Moderators see only this list; members see it below another heading.
  const Title = asModerator ? 'h2' : 'h3';
  return (
    <ol className="rows">
      {talks.map((talk) => (
        <li key={talk.id}>
          <Title>
            <a href={`${base}/${talk.id}`} dir="auto">
              {talk.subject}
            </a>
          </Title>
          <Meta>
            {asModerator && (
              <span>
                <bdi>{talk.person}</bdi>
              </span>
            )}
            <span>{t(turnKey(talk, asModerator))}</span>
            <Minute ms={talk.activeAt} />
          </Meta>
        </li>
      ))}
    </ol>
  );
}

function turnKey(
  { closedAt, awaitsModerators }: TalkListProps['talks'][number],
  asModerator: boolean,
) {
  if (closedAt !== null) return 'guard.talk.closed';
  if (awaitsModerators) return asModerator ? 'guard.talk.waitsForUs' : 'guard.talk.waitsForThem';
  return 'guard.talk.answered';
}
