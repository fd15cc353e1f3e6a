import { isFormerHandle } from '~/people/former';
import { useI18n } from '../i18n';

/** A handle, or that its person has left. */
export function Handle({ of }: { of: string }) {
  const { t } = useI18n();
  return isFormerHandle(of) ? t('people.former') : <bdi>{of}</bdi>;
}
