import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { LOCALES } from '~/platform/i18n/locales';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';
import { LinkItem } from '~/ui/links';

/** Contact points for people and for authorities (DSA, Articles 11 and 12). */
export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: {
      title: visit.i18n.t('guard.contact.title'),
      description: visit.i18n.t('guard.contact.lead'),
      canonical: pathTo('/contact'),
    },
    address: contactAddress(app.config),
    languages: app.config.languages.map((tag) => LOCALES[tag].name),
  };
}

export default function Contact() {
  const { address, languages } = useLoaderData<typeof loader>();
  const { t, list } = useI18n();
  return (
    <div className="single prose">
      <h1>{t('guard.contact.title')}</h1>
      <p className="lead">{t('guard.contact.lead')}</p>
      <h2>{t('guard.contact.members')}</h2>
      <TextLine k="guard.contact.membersText" values={{ link: linkTo(pathTo('/modmail')) }} />
      <h2>{t('guard.contact.illegal')}</h2>
      <TextLine k="guard.contact.illegalText" values={{ link: linkTo(pathTo('/report')) }} />
      <h2>{t('guard.contact.others')}</h2>
      <TextLine
        k="guard.contact.othersText"
        values={{ address, mail: linkTo(`mailto:${address}`), languages: list(languages) }}
      />
      <h2>{t('guard.contact.open')}</h2>
      <ul>
        <LinkItem href={pathTo('/rules')} label={t('site.footer.rules')} />
        <LinkItem href={pathTo('/moderation')} label={t('site.footer.log')} />
        <LinkItem href={pathTo('/transparency')} label={t('guard.transparency.title')} />
      </ul>
    </div>
  );
}
