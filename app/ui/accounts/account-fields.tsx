import type { ReactNode } from 'react';
import { pathTo } from '~/platform/paths';
import { Input, Submit } from '~/ui/forms/fields';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { Row } from '~/ui/row';

/* The fields of accounts, in the forms to sign up, log in and change them. */

interface FieldProps {
  label?: ReactNode;
  hint?: ReactNode;
  value?: string;
}

export function EmailField(props: FieldProps) {
  const { t } = useI18n();
  return (
    <Input
      name="email"
      type="email"
      label={t('people.field.email')}
      autoComplete="email"
      required
      {...props}
    />
  );
}

/** The account's password, or one that is chosen. */
export function PasswordField({ chosen = false, ...props }: FieldProps & { chosen?: boolean }) {
  const { t } = useI18n();
  return (
    <Input
      name="password"
      type="password"
      label={t('people.field.password')}
      hint={chosen && t('people.field.passwordHint')}
      autoComplete={chosen ? 'new-password' : 'current-password'}
      required
      {...props}
    />
  );
}

/** The public name; a hint of its own says where it was suggested. */
export function HandleField(props: FieldProps) {
  const { t } = useI18n();
  return (
    <Input
      name="handle"
      label={t('people.field.handle')}
      hint={t('people.field.handleHint')}
      autoComplete="username"
      dir="auto"
      required
      {...props}
    />
  );
}

/** A code from an email, an app or the list of recovery codes, of which some are not numeric. */
export function CodeField({ numeric, ...props }: FieldProps & { numeric?: boolean }) {
  return (
    <Input
      name="code"
      label={useI18n().t('security.field.code')}
      autoComplete="one-time-code"
      {...(numeric && { inputMode: 'numeric' })}
      dir="ltr"
      required
      {...props}
    />
  );
}

/** What whoever signs up agrees to. */
export function Terms() {
  return (
    <TextLine
      className="quiet"
      k="people.signup.terms"
      values={{ rules: linkTo(pathTo('/rules')), privacy: linkTo(pathTo('/privacy')) }}
    />
  );
}

interface NewAccountProps {
  email: Pick<FieldProps, 'hint' | 'value'>;
  submit: string;
}

/** What a person enters for a new account with a password, and the button that creates it. */
export function NewAccount({ email, submit }: NewAccountProps) {
  return (
    <>
      <EmailField {...email} />
      <HandleField />
      <PasswordField chosen />
      <Terms />
      <Row as="div" className="actions">
        <Submit label={submit} />
      </Row>
    </>
  );
}
