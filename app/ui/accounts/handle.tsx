import { isFormerHandle } from '~/domain/accounts/users/deleted-users';
import { useI18n } from '~/ui/i18n';

/** A handle, or a text for a deleted account. */
export function Handle({ of }: { of: string }) {
  const { t } = useI18n();
  return isFormerHandle(of) ? t('people.former') : <bdi>{of}</bdi>;
}
