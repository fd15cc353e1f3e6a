import { type Account, ROLES } from '~/domain/accounts/users/accounts';
import { Choices } from '~/ui/forms/fields';
import { useI18n } from '~/ui/i18n';

/** The roles that an administrator can give, each with what it allows. */
export function RoleChoices({ chosen }: { chosen: Account['role'] }) {
  const { t } = useI18n();
  return (
    <Choices
      name="role"
      type="radio"
      legend={t('admin.person.role')}
      options={ROLES.map((value) => ({
        value,
        label: t('site.pair', {
          of: t(`guard.people.role.${value}`),
          what: t(`admin.role.${value}`),
        }),
      }))}
      chosen={[chosen]}
    />
  );
}
