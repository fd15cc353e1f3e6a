import type { ReactNode } from 'react';
import type { FormState } from '~/platform/form-state';
import { pathTo } from '~/platform/paths';
import { Input } from '~/ui/forms/fields';
import { Text, useI18n } from '~/ui/i18n';

/* The fields of accounts, in the forms to sign up, log in and change them. */

interface FieldProps {
  state: FormState | undefined;
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

/** What whoever signs up agrees to. */
export function Terms() {
  return (
    <p className="quiet">
      <Text
        k="people.signup.terms"
        values={{
          rules: (words) => <a href={pathTo('/rules')}>{words}</a>,
          privacy: (words) => <a href={pathTo('/privacy')}>{words}</a>,
        }}
      />
    </p>
  );
}
