import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { LOCALES } from '~/platform/i18n/locales';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import { Text, useI18n } from '~/ui/i18n';

/** Contact points for people and for authorities (DSA, Articles 11 and 12). */
export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: {
      title: visit.i18n.t('guard.contact.title'),
      description: visit.i18n.t('guard.contact.lead'),
      canonical: pathTo('/contact'),
    },
    address: contactAddress(app.config.mailFrom),
    languages: Object.values(LOCALES).map(({ name }) => name),
  };
}

export default function Contact() {
  const { address, languages } = useLoaderData<typeof loader>();
  const { t, list } = useI18n();
  const link = (href: string) => (words: ReactNode[]) => <a href={href}>{words}</a>;
  return (
    <div className="single prose">
      <h1>{t('guard.contact.title')}</h1>
      <p className="lead">{t('guard.contact.lead')}</p>
      <h2>{t('guard.contact.members')}</h2>
      <p>
        <Text k="guard.contact.membersText" values={{ link: link(pathTo('/modmail')) }} />
      </p>
      <h2>{t('guard.contact.illegal')}</h2>
      <p>
        <Text k="guard.contact.illegalText" values={{ link: link(pathTo('/report')) }} />
      </p>
      <h2>{t('guard.contact.others')}</h2>
      <p>
        <Text
          k="guard.contact.othersText"
          values={{ address, mail: link(`mailto:${address}`), languages: list(languages) }}
        />
      </p>
      <h2>{t('guard.contact.open')}</h2>
      <ul>
        <li>
          <a href={pathTo('/rules')}>{t('site.footer.rules')}</a>
        </li>
        <li>
          <a href={pathTo('/moderation')}>{t('site.footer.log')}</a>
        </li>
        <li>
          <a href={pathTo('/transparency')}>{t('guard.transparency.title')}</a>
        </li>
      </ul>
    </div>
  );
}
