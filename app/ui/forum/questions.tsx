import { useI18n } from '~/ui/i18n';
import type { ThreadRowView } from './view';

/** The questions of a conversation, with how many people answered each. */
export function Questions({ questions }: { questions: ThreadRowView[] }) {
  const { t } = useI18n();
  return (
    <ol className="rows questions">
      {questions.map(({ id, path, title, language, questionNumber, people, countries }) => (
        <li key={id} value={questionNumber ?? undefined}>
          <h3 lang={language} dir="auto">
            <a href={path}>{title}</a>
          </h3>
          <p className="quiet">
            {people > 0
              ? t('conversation.peopleIn', { people, countries })
              : t('conversation.answers', { n: 0 })}
          </p>
        </li>
      ))}
    </ol>
  );
}
