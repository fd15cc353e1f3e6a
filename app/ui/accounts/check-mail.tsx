import type { WaitingKind } from '~/domain/accounts/auth/account-mails';
import { Text, TextLine, useI18n } from '~/ui/i18n';

/** Values of a message that names the address of an email, if this browser knows it. */
export function sentTo(email: string | null) {
  return { known: email === null ? 0 : 1, email: <bdi>{email}</bdi> };
}

interface CheckMailProps {
  /** Shortened: `a…@example.org`. */
  email: string | null;
  /** What the email posts, and for an answer the title of its thread. */
  waits?: { kind: WaitingKind; thread: { title: string; language: string } | null } | null;
  /** The page with the form. */
  again: string;
  /** True on an embedded page: the link stays within the frame. */
  inFrame?: boolean;
}

/** Shown after a form that sends an email: the same text whatever the email says. */
export function CheckMail({ email, waits, again, inFrame = false }: CheckMailProps) {
  const { t } = useI18n();
  const values = {
    ...sentTo(email),
    title: waits?.thread && <bdi lang={waits.thread.language}>{waits.thread.title}</bdi>,
  };
  return (
    <>
      <h1>{t('people.sent.title')}</h1>
      <p className="lead">
        <Text k={waits ? `writing.sent.${waits.kind}` : 'people.sent.text'} values={values} />
      </p>
      <TextLine
        className="quiet"
        k="people.sent.late"
        values={{
          link: (inner) => (
            <a href={again} target={inFrame ? '_self' : undefined}>
              {inner}
            </a>
          ),
        }}
      />
    </>
  );
}
