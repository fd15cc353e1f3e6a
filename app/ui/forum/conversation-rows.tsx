import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';
import { Meta } from '~/ui/row';

/** A conversation in a list. */
export interface ConversationRowView {
  id: string;
  slug: string;
  title: string;
  /** BCP 47. */
  language: string;
  questions: number;
  /** The first of its questions, as links. */
  asked: { id: string; title: string; language: string; path: string }[];
  people: number;
  countries: number;
}

/** Conversations in a list: title, number of questions and of people, and the first questions. */
export function ConversationRows({ conversations }: { conversations: ConversationRowView[] }) {
  const { t } = useI18n();
  return (
    <ol className="rows">
      {conversations.map(({ id, slug, title, language, questions, asked, people, countries }) => (
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
          {asked.length > 0 && (
            <ul>
              {asked.map((question) => (
                <li key={question.id} lang={question.language} dir="auto">
                  <a href={question.path}>{question.title}</a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
