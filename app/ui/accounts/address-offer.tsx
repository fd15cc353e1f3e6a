import { pathTo } from '~/platform/paths';
import { Pressed, Submit } from '~/ui/forms/fields';
import { Text, TextLine, useI18n } from '~/ui/i18n';

interface AddressOfferPageProps {
  what: 'confirm' | 'undo';
  token: string;
  /** Null if the link is not valid. */
  offer: { handle: string; email: string; done: boolean } | null;
}

/** The page of a link about a change of email address: one button, or why there is none. */
export function AddressOfferPage({ what, token, offer }: AddressOfferPageProps) {
  const { t } = useI18n();
  if (!offer) {
    return (
      <>
        <h1>{t('people.confirm.gone.title')}</h1>
        <p className="lead">{t('security.address.gone')}</p>
      </>
    );
  }
  const values = { handle: <bdi>{offer.handle}</bdi>, email: <bdi>{offer.email}</bdi> };
  return (
    <>
      <h1>{t(`security.address.${what}.title`)}</h1>
      {offer.done ? (
        <p className="lead" role="status">
          <Text k="security.address.confirm.done" values={values} />
        </p>
      ) : (
        <>
          <TextLine className="lead" k={`security.address.${what}.text`} values={values} />
          <form method="post" action={pathTo(`/address/${what}/:token`, { token })}>
            <Pressed />
            <Submit label={t(`security.address.${what}.submit`)} />
          </form>
        </>
      )}
    </>
  );
}
