import type { LikeliestKinds } from '~/domain/barriers/ranking/likeliest-kinds';
import { EmailField } from '~/ui/accounts/account-fields';
import { KindsField } from '~/ui/barriers/kinds-field';
import { Choices, Submit } from '~/ui/forms/fields';
import { Honeypot } from '~/ui/forms/honeypot';
import { useFormState } from '~/ui/forms/state';
import { useI18n } from '~/ui/i18n';
import { askedBy, BodyField, Next } from './composer';
import { PlaceField } from './place-field';

interface EmbeddedAnswerFormProps {
  action: string;
  /** The threads that can be answered; asked for if there are several. */
  questions: { id: string; title: string; language: string }[];
  asks: 'answer' | 'report';
  kinds: LikeliestKinds;
  /** What follows when it is sent. */
  next: string;
}

/** The form to answer within another site: complete on one page, because nothing is remembered there. */
export function EmbeddedAnswerForm({
  action,
  questions,
  asks,
  kinds,
  next,
}: EmbeddedAnswerFormProps) {
  const state = useFormState();
  const { t } = useI18n();
  return (
    <section id="reply" className="write" aria-labelledby="write">
      <h2 id="write">{t('conversation.composer.title')}</h2>
      {/* Within the frame: what leaves the page opens a new tab. */}
      <form className="composer" method="post" action={action} target="_self">
        <Honeypot />
        {questions.length > 1 && (
          <Choices
            name="thread"
            type="radio"
            legend={t('embed.question')}
            options={questions.map(({ id, title, language }) => ({
              value: id,
              label: (
                <span lang={language} dir="auto">
                  {title}
                </span>
              ),
            }))}
          />
        )}
        <BodyField asks={askedBy(asks)} state={state} />
        <PlaceField value={null} />
        <KindsField {...kinds} legend={t('asking.kinds.title')} hint={t('asking.kinds.legend')} />
        <EmailField label={t('asking.email')} hint={t('embed.emailHint')} />
        <Next says={next} />
        <Submit label={t('writing.post.action.answer')} />
      </form>
    </section>
  );
}
