import type { ConversationRow } from '~/domain/forum/conversations/conversations';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';

/** Conversations in a list: title, number of questions and of people. */
export function ConversationRows({ conversations }: { conversations: ConversationRow[] }) {
  const { t } = useI18n();
  return (
    <ol className="rows">
      {conversations.map(({ id, slug, title, language, questions, people, countries }) => (
        <li key={id}>
          <h3 lang={language} dir="auto">
            <a href={pathTo('/c/:slug', { slug })}>{title}</a>
          </h3>
          <Meta separator={<span className="dot"> · </span>}>
            <span>{t('conversations.questions', { n: questions })}</span>
            <span>
              {people > 0
                ? t('conversation.peopleIn', { people, countries })
                : t('conversation.answers', { n: 0 })}
            </span>
          </Meta>
        </li>
      ))}
    </ol>
  );
}
