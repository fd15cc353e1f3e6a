import { Fragment } from 'react';
import { isFormerHandle } from '~/domain/accounts/users/deleted-users';
import { useI18n } from '~/ui/i18n';

/** A handle, or a text for a deleted account. On a narrow screen a long one breaks after "_". */
export function Handle({ of }: { of: string }) {
  const { t } = useI18n();
  if (isFormerHandle(of)) return t('people.former');
  return (
    <bdi>
      {of.split(/(?<=_)/).map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a handle keep their order
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
