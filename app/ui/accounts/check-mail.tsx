import { linkTo, TextLine, useI18n } from '~/ui/i18n';

/** Shown after a form that sends an email: the same text whatever the email says. */
export function CheckMail({ again }: { again: string }) {
  const { t } = useI18n();
  return (
    <>
      <h1>{t('people.sent.title')}</h1>
      <p className="lead">{t('people.sent.text')}</p>
      <TextLine className="quiet" k="people.sent.late" values={{ link: linkTo(again) }} />
    </>
  );
}
