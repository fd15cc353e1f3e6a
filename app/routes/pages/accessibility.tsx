import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { contactAddress } from '~/platform/mail/sender-address';
import { pathTo } from '~/platform/paths';
import { Contents } from '~/ui/contents';
import { linkTo, TextLine, useI18n } from '~/ui/i18n';

const WCAG = 'https://www.w3.org/TR/WCAG22/';

/** What the tests check; each sentence is true only as long as a test of that kind passes. */
const TESTED = ['axe', 'keyboard', 'zoom', 'colours', 'markup', 'tree'] as const;
const KNOWN = ['people', 'browsers', 'languages', 'posts'] as const;

/** The accessibility statement. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { app, visit } = context;
  return {
    head: {
      title: visit.i18n.t('pages.accessibility.title'),
      description: visit.i18n.t('pages.accessibility.lead'),
      canonical: pathTo('/accessibility'),
    },
    address: contactAddress(app.config),
  };
}

export default function Accessibility() {
  const { head, address } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const entries = (['standard', 'tested', 'known', 'contact'] as const).map((id) => ({
    id,
    title: t(`pages.accessibility.${id}.title`),
  }));
  return (
    <article className="page">
      <div className="page-main prose">
        <h1>{head.title}</h1>
        <p className="lead">{t('pages.accessibility.lead')}</p>

        <h2 id="standard">{t('pages.accessibility.standard.title')}</h2>
        <TextLine k="pages.accessibility.standard.text" values={{ link: linkTo(WCAG) }} />

        <h2 id="tested">{t('pages.accessibility.tested.title')}</h2>
        <p>{t('pages.accessibility.tested.text')}</p>
        <ul>
          {TESTED.map((what) => (
            <li key={what}>{t(`pages.accessibility.tested.${what}`)}</li>
          ))}
        </ul>

        <h2 id="known">{t('pages.accessibility.known.title')}</h2>
        <ul>
          {KNOWN.map((what) => (
            <li key={what}>{t(`pages.accessibility.known.${what}`)}</li>
          ))}
        </ul>

        <h2 id="contact">{t('pages.accessibility.contact.title')}</h2>
        <TextLine
          k="pages.accessibility.contact.text"
          values={{ address, mail: linkTo(`mailto:${address}`) }}
        />
      </div>
      <Contents entries={entries} />
    </article>
  );
}
